package dev.sockets.codec;

import java.nio.charset.Charset;

/**
 * The codecs that need nothing but the JDK. They keep no state.
 */
public final class Codecs {

	private static final Codec BYTES = new BytesCodec();

	private Codecs() {
	}

	/**
	 * Payloads are {@code String}s. Bytes that are malformed in the charset decode to
	 * U+FFFD; characters that it lacks are sent as its replacement, mostly {@code ?}. Any
	 * {@code CharSequence} can be sent, and {@code byte[]} as it is.
	 * @param charset the charset of both directions
	 * @return the codec {@code text}
	 */
	public static Codec text(Charset charset) {
		return new TextCodec(charset);
	}

	/**
	 * Payloads are {@code byte[]}, a copy on receipt and the array itself on sending.
	 * @return the codec {@code bytes}
	 */
	public static Codec bytes() {
		return BYTES;
	}

}
