package dev.sockets.framing;

import java.util.List;

import org.springframework.util.Assert;

/**
 * What begins and what ends frames.
 *
 * @param begin sequences of bytes, each of which begins a frame; the first one is sent
 * @param end sequences of bytes, each of which ends a frame; the first one is sent
 * @param skipBetween whether bytes between two frames are skipped, rather than malformed
 * @param kept whether both are a part of payloads
 */
public record FrameMarks(List<byte[]> begin, List<byte[]> end, boolean skipBetween, boolean kept) {

	/**
	 * Checks the values.
	 */
	public FrameMarks {
		Assert.isTrue(!new Marks(begin).areNested() && !new Marks(end).areNested(),
				"One mark begins with another, so nobody would know which one it is");
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

}
