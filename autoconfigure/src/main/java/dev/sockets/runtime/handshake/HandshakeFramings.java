package dev.sockets.runtime.handshake;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import dev.sockets.InvalidSettingException;
import dev.sockets.framing.FrameOutput;
import dev.sockets.framing.FrameWindow;
import dev.sockets.framing.Framing;

/**
 * Whether a framing can carry the messages of our handshakes: texts in ASCII of several
 * lengths, each told from the next wherever a read ends.
 */
final class HandshakeFramings {

	private static final int DIGITS = 16;

	private HandshakeFramings() {
	}

	/**
	 * Refuses a framing that cannot.
	 * @param path property path of the endpoint
	 * @param key the property that wants the handshake
	 * @param framing the framing
	 * @param maxFrameSize the longest payload in bytes
	 * @param longest how long it has to be at least
	 * @param samples some of the messages
	 * @throws InvalidSettingException when it cannot carry them
	 */
	static void check(String path, String key, Framing framing, int maxFrameSize, int longest, List<byte[]> samples) {
		if (maxFrameSize < longest) {
			throw new InvalidSettingException(path + ".max-frame-size", maxFrameSize + "B",
					"at least " + longest + "B with " + key + ", whose messages are that long");
		}
		if (!samples.stream().allMatch((sample) -> carries(framing, sample))) {
			throw new InvalidSettingException(path + ".framing", framing,
					"another one with " + key
							+ ", such as line or length4: it does not carry texts of different lengths "
							+ "as messages of their own");
		}
	}

	/**
	 * Returns bytes that as hexadecimal digits have each two digits side by side that
	 * there are.
	 */
	static byte[] allPairs() {
		HexFormat hex = HexFormat.of();
		StringBuilder pairs = new StringBuilder();
		for (int first = 0; first < DIGITS; first++) {
			for (int second = 0; second < DIGITS; second++) {
				pairs.append(hex.toHexDigits((byte) (first << 4 | second)));
			}
		}
		return hex.parseHex(pairs);
	}

	private static boolean carries(Framing framing, byte[] text) {
		try {
			FrameOutput output = new FrameOutput(text.length);
			framing.encode(text, output);
			byte[] bytes = Arrays.copyOf(output.array(), output.size());
			FrameWindow window = new FrameWindow();
			for (int end = 1; end < bytes.length; end++) {
				window.reset(bytes, 0, end, 0, text.length);
				if (framing.next(window)) {
					return false;
				}
			}
			window.reset(bytes, 0, bytes.length, 0, text.length);
			return framing.next(window) && window.start() == bytes.length && Arrays.equals(window.frameArray(),
					window.frameStart(), window.frameStart() + window.frameLength(), text, 0, text.length);
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

}
