package dev.sockets.framing;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.sockets.InvalidSettingException;

/**
 * Whether acknowledgements can stand between the frames of a framing: they must not be
 * taken for what begins or ends a frame, nor that for them.
 */
final class AcknowledgementFit {

	private AcknowledgementFit() {
	}

	/**
	 * Checks that acknowledgements can be told from frames and from each other.
	 * @param framing the framing
	 * @param frames the same without its checksum
	 * @throws InvalidSettingException when they cannot, with the key below an endpoint's
	 * that has to be changed
	 */
	static void require(Framing framing, Framing frames, byte[] ack, byte @Nullable [] nak) {
		if (!areApart(frames)) {
			throw new InvalidSettingException("acknowledge.ack", WireText.of(ack),
					"left out: acknowledgements can be told from messages of marked, stx-etx, line, crlf, nul and "
							+ "delimiter without skip-empty, and of beans, but not from those of " + framing);
		}
		requireUnlikeMarks("ack", ack, frames);
		if (nak != null) {
			requireUnlikeMarks("nak", nak, frames);
			if (new Marks(List.of(ack, nak)).areNested()) {
				throw new InvalidSettingException("acknowledge.nak", WireText.of(nak),
						"other bytes: it may not begin with acknowledge.ack, '" + WireText.of(ack)
								+ "', nor that with it");
			}
		}
	}

	/** Others skip bytes before a frame by themselves, or begin it with any. */
	private static boolean areApart(Framing framing) {
		return framing instanceof MarkedFraming || framing instanceof DelimiterFraming || framing instanceof LineFraming
				|| (framing instanceof DelimitersFraming several && !several.skips())
				|| framing.getClass().getPackage() != Framing.class.getPackage();
	}

	/**
	 * A whole frame may be an acknowledgement: no message can be the same then.
	 */
	private static void requireUnlikeMarks(String key, byte[] bytes, Framing frames) {
		if (!(frames instanceof SeekingFraming seeking)) {
			return;
		}
		boolean whole = isFrame(seeking, bytes);
		List<byte[]> marks = new ArrayList<>(seeking.beginnings());
		marks.addAll(seeking.ends());
		for (byte[] mark : marks) {
			if (isIn(bytes, mark) || (!whole && isIn(mark, bytes))) {
				throw new InvalidSettingException("acknowledge." + key, WireText.of(bytes),
						"a whole frame, or bytes that have nothing of the " + HexFormat.ofDelimiter(" ").formatHex(mark)
								+ " that the framing " + frames + " looks for");
			}
		}
	}

	private static boolean isFrame(SeekingFraming framing, byte[] bytes) {
		int start = 0;
		if (!framing.beginnings().isEmpty()) {
			Marks begin = new Marks(framing.beginnings());
			start = begin.length(bytes, 0, bytes.length);
			if (start == 0 && !isLine(framing, begin, bytes)) {
				return false;
			}
		}
		Marks ends = new Marks(framing.ends());
		int end = ends.first(bytes, start, bytes.length);
		boolean empty = end == 0;
		return !empty && end < bytes.length && end + ends.length(bytes, end, bytes.length) == bytes.length;
	}

	/**
	 * Returns whether it may be a frame that no message can be, as it does not begin like
	 * them.
	 */
	private static boolean isLine(SeekingFraming framing, Marks begin, byte[] bytes) {
		return framing instanceof DelimitersFraming && begin.first(bytes, 0, bytes.length) == bytes.length;
	}

	private static boolean isIn(byte[] part, byte[] bytes) {
		return new Marks(List.of(part)).first(bytes, 0, bytes.length) < bytes.length;
	}

}
