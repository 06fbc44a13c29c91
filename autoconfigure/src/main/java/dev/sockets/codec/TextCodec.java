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

	private final CharsetErrors errors;

	private final StrictText strict;

	TextCodec(Charset charset, CharsetErrors errors) {
		Assert.isTrue(charset.canEncode(), () -> "Charset " + charset + " can only decode: choose another, as UTF-8");
		this.charset = charset;
		this.errors = errors;
		this.strict = new StrictText(charset);
	}

	@Override
	public String decode(byte[] buffer, int offset, int length) {
		String text = new String(buffer, offset, length, this.charset);
		if (this.errors == CharsetErrors.REPORT) {
			this.strict.requireWellFormed(text, buffer, offset, length);
		}
		return text;
	}

	@Override
	public byte[] encode(@Nullable Object payload) {
		if (payload instanceof CharSequence characters) {
			String text = characters.toString();
			byte[] bytes = text.getBytes(this.charset);
			this.strict.requireWhole(text, bytes);
			return bytes;
		}
		if (payload instanceof byte[] bytes) {
			return bytes;
		}
		throw new SocketOperationException(SocketErrorCode.CODEC_FAILED,
				"Codec %s cannot send %s: send a String, any other CharSequence or byte[], or use another codec"
					.formatted(this, (payload != null) ? "a " + payload.getClass().getTypeName() : "null"));
	}

	@Override
	public @Nullable Class<?> encodedType(Object payload) {
		return (payload instanceof CharSequence || payload instanceof byte[]) ? null : String.class;
	}

	@Override
	public String toString() {
		return "text (" + this.charset + ((this.errors == CharsetErrors.REPLACE) ? ", errors replaced)" : ")");
	}

}
