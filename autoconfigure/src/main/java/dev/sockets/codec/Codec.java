package dev.sockets.codec;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * Translates the bytes of a frame into a payload, and back. One instance serves all
 * connections of an endpoint, from several threads at once.
 *
 * <p>
 * Implement it as a bean and name the bean in {@code codec} to use a codec of your own.
 */
public interface Codec {

	/**
	 * Decodes the payload of a frame.
	 * @param buffer holds the bytes; valid only during the call, and not to be changed
	 * @param offset index of the first byte
	 * @param length number of bytes
	 * @return the payload; {@code null} when that is what the bytes mean, as JSON's
	 * {@code null}: handlers get {@code Optional.empty()} in its place
	 * @throws Exception when the bytes are no payload of this codec; the message is then
	 * dropped and a {@code MessageErrorEvent} published
	 */
	@Nullable Object decode(byte[] buffer, int offset, int length) throws Exception;

	/**
	 * Encodes a payload.
	 * @param payload what to send; {@code null} is a message to codecs that have bytes
	 * for it, as JSON has, and an error to all others
	 * @return its bytes, not changed afterwards
	 * @throws Exception when this codec cannot encode the payload; nothing is sent then
	 */
	byte[] encode(@Nullable Object payload) throws Exception;

	/**
	 * Decodes the beginning of a list that {@link #decode} has failed on: so a request by
	 * opcode with an argument that cannot be decoded is answered nonetheless.
	 * @param buffer holds the bytes; valid only during the call, and not to be changed
	 * @param offset index of the first byte
	 * @param length number of bytes
	 * @return the elements before the first one that cannot be decoded, or only some of
	 * them; none when it is no list, or this codec does not know how
	 * @throws Exception when there is nothing to be decoded
	 */
	default List<@Nullable Object> decodeHead(byte[] buffer, int offset, int length) throws Exception {
		return List.of();
	}

	/**
	 * Makes a value that was decoded without a class what it would have been with one: a
	 * map an order, for example. Used for the arguments and results of requests, which
	 * are parts of a payload.
	 * @param value the value
	 * @param type what it is to be
	 * @return the value converted; {@code null} when this codec does not know how
	 * @throws Exception when the value is nothing of that type
	 */
	default @Nullable Object convert(Object value, ResolvableType type) throws Exception {
		return null;
	}

	/**
	 * The same for a whole payload of which the bytes are still known, so that nothing is
	 * lost which it has no room for, as the digits of a decimal number. Used for the
	 * answers to requests that say what they expect.
	 * @param value the payload
	 * @param frame the bytes that it was decoded from; not to be changed
	 * @param type what it is to be
	 * @return the payload converted, by default without its bytes; {@code null} when this
	 * codec does not know how
	 * @throws Exception when the payload is nothing of that type
	 */
	default @Nullable Object convert(Object value, byte[] frame, ResolvableType type) throws Exception {
		return convert(value, type);
	}

	/**
	 * Tells a codec for which nobody has configured what it decodes to what the
	 * application takes. Called before the first message.
	 * @param type what payloads are wanted to be
	 * @return whether {@link #decode} makes that from now on; {@code false} when it was
	 * told already, or makes payloads of one class
	 */
	default boolean expect(ResolvableType type) {
		return false;
	}

	/**
	 * Tells a codec that payloads which it decodes without a class are going to be
	 * converted, so that it keeps what would be lost by that, such as the digits of a
	 * decimal number. Called before the first message.
	 * @param type what they are converted to
	 */
	default void expectConversion(ResolvableType type) {
	}

	/**
	 * Makes a payload what its bytes are for a type, where this codec has kept those.
	 * @param value the payload
	 * @param type what it is to be
	 * @return the payload decoded; {@code null} when its bytes were not kept
	 * @throws Exception when the payload is nothing of that type
	 */
	default @Nullable Object convertKept(Object value, ResolvableType type) throws Exception {
		return null;
	}

	/**
	 * Returns what a payload has to be converted to before this codec encodes it, as a
	 * number to text. Asked for what handlers return.
	 * @param payload the payload
	 * @return a class; {@code null} when it is encoded as it is, or not at all
	 */
	default @Nullable Class<?> encodedType(Object payload) {
		return null;
	}

}
