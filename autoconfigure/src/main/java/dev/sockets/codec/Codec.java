package dev.sockets.codec;

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
	 * @return the payload
	 * @throws Exception when the bytes are no payload of this codec; the message is then
	 * dropped and a {@code MessageErrorEvent} published
	 */
	Object decode(byte[] buffer, int offset, int length) throws Exception;

	/**
	 * Encodes a payload.
	 * @param payload what to send
	 * @return its bytes, not changed afterwards
	 * @throws Exception when this codec cannot encode the payload; nothing is sent then
	 */
	byte[] encode(Object payload) throws Exception;

}
