package dev.sockets.framing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Makes bytes, and frames of them.
 */
final class TestBytes {

	private TestBytes() {
	}

	static byte[] of(int... values) {
		byte[] bytes = new byte[values.length];
		for (int i = 0; i < values.length; i++) {
			bytes[i] = (byte) values[i];
		}
		return bytes;
	}

	static byte[] of(String latin1) {
		return latin1.getBytes(StandardCharsets.ISO_8859_1);
	}

	static String text(byte[] latin1) {
		return new String(latin1, StandardCharsets.ISO_8859_1);
	}

	static byte[] repeat(char value, int count) {
		return of(String.valueOf(value).repeat(count));
	}

	static byte[] join(byte[]... parts) {
		byte[] all = new byte[Arrays.stream(parts).mapToInt((part) -> part.length).sum()];
		int at = 0;
		for (byte[] part : parts) {
			System.arraycopy(part, 0, all, at, part.length);
			at += part.length;
		}
		return all;
	}

	static byte[] encode(Framing framing, byte[]... payloads) {
		FrameOutput output = new FrameOutput(1);
		for (byte[] payload : payloads) {
			framing.encode(payload, output);
		}
		return Arrays.copyOf(output.array(), output.size());
	}

	static String encode(Framing framing, String payload) {
		return text(encode(framing, of(payload)));
	}

}
