package dev.sockets.runtime;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.sockets.FirstBytes;
import dev.sockets.codec.Codec;

/**
 * What is known of a message that something has failed on.
 *
 * @param payload its payload; {@code null} when it could not be decoded
 * @param size how many bytes it was; told where there is an inbox
 * @param firstBytes makes its first bytes in hexadecimal, when somebody listens
 */
public record FailedMessage(@Nullable Object payload, long size, Supplier<String> firstBytes) {

	/** Nothing is known, or there was none. */
	public static final FailedMessage UNKNOWN = ofBytes("");

	/**
	 * A message could not be decoded.
	 * @param firstBytes its first bytes in hexadecimal
	 * @return what is known of it
	 */
	public static FailedMessage ofBytes(String firstBytes) {
		return new FailedMessage(null, 0, () -> firstBytes);
	}

	/**
	 * A message was decoded, and its bytes are gone: the first ones are those that the
	 * codec makes of it again.
	 * @param payload its payload
	 * @param size how many bytes it was; told where there is an inbox
	 * @param codec its codec
	 * @return what is known of it
	 */
	public static FailedMessage of(Object payload, long size, Codec codec) {
		return new FailedMessage(payload, size, () -> encode(payload, codec));
	}

	private static String encode(Object payload, Codec codec) {
		try {
			byte[] bytes = (payload instanceof byte[] same) ? same : PayloadEncoder.encode(codec, "", payload);
			return FirstBytes.of(bytes, 0, bytes.length);
		}
		catch (Throwable ex) {
			return "";
		}
	}

}
