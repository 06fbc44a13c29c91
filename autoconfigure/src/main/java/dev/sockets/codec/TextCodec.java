package dev.sockets.codec;

import java.nio.charset.Charset;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

/**
 * Text in one charset.
 */
final class TextCodec implements Codec {

	private final Charset charset;

	TextCodec(Charset charset) {
		Assert.isTrue(charset.canEncode(), () -> "Charset " + charset + " can only decode: choose another, as UTF-8");
		this.charset = charset;
	}

	@Override
	public String decode(byte[] buffer, int offset, int length) {
		return new String(buffer, offset, length, this.charset);
	}

	@Override
	public byte[] encode(@Nullable Object payload) {
		if (payload instanceof CharSequence text) {
			return text.toString().getBytes(this.charset);
		}
		if (payload instanceof byte[] bytes) {
			return bytes;
		}
		throw new SocketOperationException(SocketErrorCode.CODEC_FAILED,
				"Codec %s cannot send %s: send a String, any other CharSequence or byte[], or use another codec"
					.formatted(this, (payload != null) ? "a " + payload.getClass().getTypeName() : "null"));
	}

	@Override
	public String toString() {
		return "text (" + this.charset + ")";
	}

}
