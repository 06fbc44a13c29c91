package dev.sockets.runtime.handshake;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import dev.sockets.InvalidSettingException;
import dev.sockets.framing.FrameOutput;
import dev.sockets.framing.FrameWindow;
import dev.sockets.framing.Framing;

/**
 * Whether a framing can carry the messages of the password handshake: texts in ASCII of
 * several lengths, each told from the next wherever a read ends.
 */
public final class PasswordFramings {

	private static final int PAIRS_IN_MESSAGE = PasswordMessages.VALUE_BYTES;

	private static final int DIGITS = 16;

	private PasswordFramings() {
	}

	/**
	 * Refuses a framing that cannot.
	 * @param path property path of the endpoint
	 * @param framing the framing
	 * @param maxFrameSize the longest payload in bytes
	 * @throws InvalidSettingException when it cannot carry them
	 */
	public static void check(String path, Framing framing, int maxFrameSize) {
		if (maxFrameSize < PasswordMessages.MAX_LENGTH) {
			throw new InvalidSettingException(path + ".max-frame-size", maxFrameSize + "B",
					"at least " + PasswordMessages.MAX_LENGTH + "B with password, whose messages are that long");
		}
		if (!samples().stream().allMatch((sample) -> carries(framing, sample))) {
			throw new InvalidSettingException(path + ".framing", framing,
					"another one with password, such as line or length4: it does not carry texts of different lengths "
							+ "as messages of their own");
		}
	}

	/** Texts with each two digits side by side that a message may have. */
	private static List<byte[]> samples() {
		HexFormat hex = HexFormat.of();
		StringBuilder pairs = new StringBuilder();
		for (int first = 0; first < DIGITS; first++) {
			for (int second = 0; second < DIGITS; second++) {
				pairs.append(hex.toHexDigits((byte) (first << 4 | second)));
			}
		}
		byte[] all = hex.parseHex(pairs);
		byte[][] messages = new byte[all.length / PAIRS_IN_MESSAGE + 1][];
		for (int i = 0; i < messages.length - 1; i++) {
			byte[] value = Arrays.copyOfRange(all, i * PAIRS_IN_MESSAGE, (i + 1) * PAIRS_IN_MESSAGE);
			messages[i] = PasswordMessages.answer(value, value);
		}
		messages[messages.length - 1] = PasswordMessages.refused();
		return List.of(messages);
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
