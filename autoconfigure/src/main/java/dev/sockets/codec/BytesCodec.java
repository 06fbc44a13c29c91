package dev.sockets.codec;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

/**
 * Bytes as they are.
 */
final class BytesCodec implements Codec {

	@Override
	public byte[] decode(byte[] buffer, int offset, int length) {
		return Arrays.copyOfRange(buffer, offset, offset + length);
	}

	@Override
	public byte[] encode(@Nullable Object payload) {
		if (payload instanceof byte[] bytes) {
			return bytes;
		}
		throw new SocketOperationException(SocketErrorCode.CODEC_FAILED,
				"Codec bytes cannot send %s: send byte[], or use codec %s".formatted(
						(payload != null) ? "a " + payload.getClass().getTypeName() : "null",
						(payload instanceof CharSequence) ? "text" : "json or another that knows its class"));
	}

	@Override
	public @Nullable Class<?> encodedType(Object payload) {
		return (payload instanceof byte[]) ? null : byte[].class;
	}

	@Override
	public String toString() {
		return "bytes";
	}

}
