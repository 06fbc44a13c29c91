package dev.sockets.framing;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What begins and what ends frames.
 *
 * @param begin sequences of bytes, each of which begins a frame; the first one is sent
 * @param end sequences of bytes, each of which ends a frame; the first one is sent
 * @param skipBetween whether bytes between two frames are skipped, rather than malformed
 * @param kept whether both are a part of payloads
 * @param beginInside what becomes of a frame in which another one begins; {@code null} to
 * reject it where the mark starts with a control character that no text has, which are
 * those below 0x20 but tab, LF and CR, and to keep other marks, but not to send them
 */
public record FrameMarks(List<byte[]> begin, List<byte[]> end, boolean skipBetween, boolean kept,
		@Nullable BeginInside beginInside) {

	private static final int SPACE = 0x20;

	/**
	 * Checks the values.
	 */
	public FrameMarks {
		Assert.isTrue(!new Marks(begin).areNested() && !new Marks(end).areNested(),
				"One mark begins with another, so nobody would know which one it is");
	}

	/**
	 * Creates marks that are treated as usual within a frame.
	 * @param begin sequences of bytes, each of which begins a frame; the first one is
	 * sent
	 * @param end sequences of bytes, each of which ends a frame; the first one is sent
	 * @param skipBetween whether bytes between two frames are skipped, rather than
	 * malformed
	 * @param kept whether both are a part of payloads
	 */
	public FrameMarks(List<byte[]> begin, List<byte[]> end, boolean skipBetween, boolean kept) {
		this(begin, end, skipBetween, kept, null);
	}

	/**
	 * Returns marks that are dropped, and so is what is between two frames.
	 * @param begin begins a frame
	 * @param end ends a frame
	 * @return both
	 */
	public static FrameMarks of(byte[] begin, byte[] end) {
		return new FrameMarks(List.of(begin), List.of(end), true, false);
	}

	/**
	 * Returns the marks that are not a part of the payload where they are.
	 */
	Marks inside() {
		return new Marks(Stream.concat(end().stream(), begin().stream().filter(this::isRejectedInside)).toList());
	}

	private boolean isRejectedInside(byte[] mark) {
		return (beginInside() != null) ? beginInside() == BeginInside.REJECT : startsWithControl(mark);
	}

	private static boolean startsWithControl(byte[] mark) {
		byte first = mark[0];
		return first >= 0 && first < SPACE && first != '\t' && first != '\n' && first != '\r';
	}

}
