package dev.sockets.runtime.backplane;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

import dev.sockets.codec.Codec;
import dev.sockets.framing.FrameOutput;
import dev.sockets.framing.Framing;

/**
 * Tells whether the messages of two nodes look alike: a hash of what a framing and a
 * codec make of some samples, whatever their options are called.
 */
public final class FormatFingerprint {

	private static final int[] FRAMES = { 0, 1, 13, 300 };

	private static final List<Object> PAYLOADS = List.of("a \u00E4\u20AC\uD834\uDD1E", new byte[] { 1, -1 }, 7,
			Map.of("key", List.of("value")));

	private FormatFingerprint() {
	}

	/**
	 * Returns the fingerprint of a server.
	 * @param framing its framing
	 * @param codec its codec
	 */
	public static long of(Framing framing, Codec codec) {
		CRC32C first = new CRC32C();
		CRC32C second = new CRC32C();
		add(first, second, framing.getClass().isHidden() ? "framing" : framing.getClass().getName());
		add(first, second, codec.getClass().isHidden() ? "codec" : codec.getClass().getName());
		for (int length : FRAMES) {
			add(first, second, frame(framing, length));
		}
		for (Object payload : PAYLOADS) {
			add(first, second, encoded(codec, payload));
		}
		return (first.getValue() << 32) | second.getValue();
	}

	private static void add(CRC32C first, CRC32C second, String text) {
		add(first, second, text.getBytes(StandardCharsets.UTF_8));
	}

	/** Both change with each byte, in another order. */
	private static void add(CRC32C first, CRC32C second, byte[] bytes) {
		first.update(bytes.length);
		first.update(bytes);
		second.update((int) first.getValue() & 0xFF);
		second.update(bytes);
		second.update(bytes.length);
	}

	private static byte[] frame(Framing framing, int length) {
		byte[] payload = new byte[length];
		Arrays.fill(payload, (byte) 'x');
		try {
			FrameOutput output = new FrameOutput(length + 16);
			framing.encode(payload, output);
			return Arrays.copyOf(output.array(), output.size());
		}
		catch (Throwable ex) {
			return new byte[] { 0 };
		}
	}

	private static byte[] encoded(Codec codec, Object payload) {
		try {
			return codec.encode(payload);
		}
		catch (Throwable ex) {
			return new byte[] { 0 };
		}
	}

}
