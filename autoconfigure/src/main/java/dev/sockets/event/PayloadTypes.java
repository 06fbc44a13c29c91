package dev.sockets.event;

import java.util.List;
import java.util.Map;

import org.springframework.core.ResolvableType;

/**
 * The resolvable types of one generic event class, one constant for each class of
 * payload, so that publishing an event resolves nothing. Maps and lists of the JDK, as
 * codecs make them from untyped data, count as {@code Map<String, Object>} and
 * {@code List<Object>}: a listener cannot know their class.
 */
final class PayloadTypes extends ClassValue<ResolvableType> {

	private static final ResolvableType MAP = ResolvableType.forClassWithGenerics(Map.class, String.class,
			Object.class);

	private static final ResolvableType LIST = ResolvableType.forClassWithGenerics(List.class, Object.class);

	private final Class<?> eventType;

	PayloadTypes(Class<?> eventType) {
		this.eventType = eventType;
	}

	@Override
	protected ResolvableType computeValue(Class<?> payloadType) {
		return ResolvableType.forClassWithGenerics(this.eventType, resolve(payloadType));
	}

	private static ResolvableType resolve(Class<?> payloadType) {
		boolean ofJdk = payloadType.getPackageName().equals("java.util");
		if (ofJdk && Map.class.isAssignableFrom(payloadType)) {
			return MAP;
		}
		if (ofJdk && List.class.isAssignableFrom(payloadType)) {
			return LIST;
		}
		return ResolvableType.forClass(payloadType);
	}

}
