package dev.sockets;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * What the codec of an endpoint knows of payloads, beside decoding and encoding them.
 * Usable from any thread.
 */
public interface Payloads {

	/** Knows nothing. */
	Payloads UNKNOWN = new Payloads() {

	};

	/**
	 * Says what payloads are wanted to be. To be called before the endpoint starts.
	 * @param type what they are wanted to be
	 * @return whether the codec decodes to that from now on; {@code false} when it was
	 * told what to decode to, or decodes to one class anyway
	 */
	default boolean expect(ResolvableType type) {
		return false;
	}

	/**
	 * Says that payloads are going to be converted where the codec decodes to no class,
	 * so that nothing is lost by that. To be called before the endpoint starts.
	 * @param type what they are converted to
	 */
	default void expectConversion(ResolvableType type) {
	}

	/**
	 * Makes a payload what the codec would have decoded for a type: a map an order, for
	 * example.
	 * @param payload the payload
	 * @param type what it is to be
	 * @return the payload converted; {@code null} when the codec does not know how
	 * @throws Exception when the payload is nothing of that type
	 */
	default @Nullable Object convert(Object payload, ResolvableType type) throws Exception {
		return null;
	}

	/**
	 * Makes a payload what the codec decodes its bytes to for a type.
	 * @param payload the payload
	 * @param type what it is to be
	 * @return the payload decoded; {@code null} when its bytes are not known any more, or
	 * the codec does not know how
	 * @throws Exception when the payload is nothing of that type
	 */
	default @Nullable Object decoded(Object payload, ResolvableType type) throws Exception {
		return null;
	}

	/**
	 * Returns what a payload has to be converted to before it is sent.
	 * @param payload the payload
	 * @return a class; {@code null} when the codec takes it as it is, or refuses it
	 */
	default @Nullable Class<?> encodedType(Object payload) {
		return null;
	}

}
