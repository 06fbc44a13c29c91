package dev.sockets.event;

import org.springframework.core.ResolvableType;

/**
 * The resolvable types of one generic event class, one constant for each class of
 * payload, so that publishing an event resolves nothing.
 */
final class PayloadTypes extends ClassValue<ResolvableType> {

	private final Class<?> eventType;

	PayloadTypes(Class<?> eventType) {
		this.eventType = eventType;
	}

	@Override
	protected ResolvableType computeValue(Class<?> payloadType) {
		return ResolvableType.forClassWithGenerics(this.eventType, payloadType);
	}

}
