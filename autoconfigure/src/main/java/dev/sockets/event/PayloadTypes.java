package dev.sockets.event;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.springframework.core.ResolvableType;

/**
 * The resolvable types of one generic event class, one constant for each class of
 * payload, so that publishing an event resolves nothing. Maps, lists and sets of the JDK,
 * as codecs make them from untyped data, count as {@code Map<String, Object>},
 * {@code List<Object>} and {@code Set<Object>}: a listener cannot know their class. What
 * stands for null counts as {@code Optional<Object>}, as Spring gives an event whose
 * payload has open type parameters to the listeners of all payloads.
 */
final class PayloadTypes extends ClassValue<ResolvableType> {

	private static final ResolvableType MAP = ResolvableType.forClassWithGenerics(Map.class, String.class,
			Object.class);

	private static final ResolvableType LIST = ResolvableType.forClassWithGenerics(List.class, Object.class);

	private static final ResolvableType SET = ResolvableType.forClassWithGenerics(Set.class, Object.class);

	private static final ResolvableType OPTIONAL = ResolvableType.forClassWithGenerics(Optional.class, Object.class);

	/** Codecs have some of their own, which know what they were decoded from. */
	private static final Set<String> UNTYPED = Set.of("java.util", "dev.sockets.codec");

	private final Class<?> eventType;

	/** Found without a look-up, as most messages are texts or bytes. */
	private final ResolvableType text;

	private final ResolvableType bytes;

	PayloadTypes(Class<?> eventType) {
		this.eventType = eventType;
		this.text = computeValue(String.class);
		this.bytes = computeValue(byte[].class);
	}

	/**
	 * Returns the type of an event.
	 * @param payloadType the class of its payload
	 * @return always the same for a class
	 */
	ResolvableType of(Class<?> payloadType) {
		if (payloadType == String.class) {
			return this.text;
		}
		return (payloadType == byte[].class) ? this.bytes : get(payloadType);
	}

	@Override
	protected ResolvableType computeValue(Class<?> payloadType) {
		return ResolvableType.forClassWithGenerics(this.eventType, resolve(payloadType));
	}

	private static ResolvableType resolve(Class<?> payloadType) {
		boolean untyped = UNTYPED.contains(payloadType.getPackageName());
		if (untyped && Map.class.isAssignableFrom(payloadType)) {
			return MAP;
		}
		if (untyped && List.class.isAssignableFrom(payloadType)) {
			return LIST;
		}
		if (untyped && Set.class.isAssignableFrom(payloadType)) {
			return SET;
		}
		return (payloadType == Optional.class) ? OPTIONAL : ResolvableType.forClass(payloadType);
	}

}
