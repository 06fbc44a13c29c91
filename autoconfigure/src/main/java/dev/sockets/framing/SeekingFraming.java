package dev.sockets.framing;

import java.util.List;

/**
 * A framing that finds frames by bytes which it looks for.
 */
interface SeekingFraming extends Framing {

	/** What ends lines: a CR before the LF is dropped. */
	List<byte[]> LINE_ENDS = List.of(new byte[] { '\n' }, new byte[] { '\r', '\n' });

	/**
	 * Returns what begins frames.
	 * @return sequences of bytes; none when a frame begins where the one before has ended
	 */
	default List<byte[]> beginnings() {
		return List.of();
	}

	/**
	 * Returns what ends frames.
	 * @return sequences of bytes, at least one
	 */
	List<byte[]> ends();

	/**
	 * Returns whether the bytes of the end are a part of frames.
	 */
	default boolean keepsEnds() {
		return false;
	}

	/**
	 * Returns whether {@link #skipTo} has something to do.
	 */
	default boolean skipsBetween() {
		return false;
	}

	/**
	 * Skips what begins neither a frame nor something else that stands between frames.
	 * @param others what that is
	 * @param window the bytes received and not yet consumed
	 */
	default void skipTo(Marks others, FrameWindow window) {
	}

}
