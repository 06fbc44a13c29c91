package dev.sockets.framing;

/**
 * The bytes a connection has received and not yet consumed, and the frame that a
 * {@link Framing} found in them. Indices are indices into {@link #array()}, save those of
 * the frame, which are indices into {@link #frameArray()}. Not thread-safe; reused from
 * read to read.
 */
public final class FrameWindow {

	private byte[] array = new byte[0];

	private int start;

	private int end;

	private int scanned;

	private long state;

	private int maxFrameSize;

	private byte[] frameArray = this.array;

	private int frameStart;

	private int frameEnd;

	/**
	 * Lays the window over bytes.
	 * @param array the array that holds them
	 * @param start index of the first byte
	 * @param end index after the last byte
	 * @param scanned index up to which an earlier, unsuccessful look has come
	 * @param maxFrameSize the longest payload allowed, in bytes
	 */
	public void reset(byte[] array, int start, int end, int scanned, int maxFrameSize) {
		this.array = array;
		this.start = start;
		this.end = end;
		this.scanned = scanned;
		this.state = 0;
		this.maxFrameSize = maxFrameSize;
	}

	/**
	 * Returns the array that holds the bytes; read only.
	 * @return the array
	 */
	public byte[] array() {
		return this.array;
	}

	/**
	 * Returns where the unconsumed bytes start.
	 * @return index of the first unconsumed byte
	 */
	public int start() {
		return this.start;
	}

	/**
	 * Returns where the unconsumed bytes end.
	 * @return index after the last byte
	 */
	public int end() {
		return this.end;
	}

	/**
	 * Returns up to where an earlier look for this frame has come without success, so
	 * that no byte is looked at twice.
	 * @return an index from start to end
	 */
	public int scanned() {
		return this.scanned;
	}

	/**
	 * Remembers up to where this look has come without success.
	 * @param scanned index of the first byte to look at next time
	 */
	public void scanned(int scanned) {
		this.scanned = scanned;
	}

	/**
	 * Returns what an earlier look for this frame remembered.
	 * @return what was given to {@link #state(long)}; 0 at the start of a frame
	 */
	public long state() {
		return this.state;
	}

	/**
	 * Remembers something for the next look for this frame.
	 * @param state anything
	 */
	public void state(long state) {
		this.state = state;
	}

	/**
	 * Returns the longest payload allowed.
	 * @return the limit in bytes
	 */
	public int maxFrameSize() {
		return this.maxFrameSize;
	}

	/**
	 * Marks a complete frame and consumes its bytes.
	 * @param frameStart index of the first byte of the payload
	 * @param frameEnd index after the last byte of the payload
	 * @param next index of the first byte after the frame, where the next one starts
	 */
	public void frame(int frameStart, int frameEnd, int next) {
		mark(this.array, frameStart, frameEnd, next);
	}

	/**
	 * Marks a complete frame whose payload is not a part of the window, because it was
	 * unescaped or computed, and consumes its bytes.
	 * @param payload the payload
	 * @param next index of the first byte after the frame, where the next one starts
	 */
	public void frame(byte[] payload, int next) {
		mark(payload, 0, payload.length, next);
	}

	/**
	 * Consumes bytes that belong to no frame. Unlike others they are not kept, and nobody
	 * waits for the rest of a frame because of them.
	 * @param next index of the first byte after them
	 */
	public void skip(int next) {
		this.start = next;
		this.scanned = next;
		this.state = 0;
	}

	private void mark(byte[] frameArray, int frameStart, int frameEnd, int next) {
		this.frameArray = frameArray;
		this.frameStart = frameStart;
		this.frameEnd = frameEnd;
		skip(next);
	}

	/**
	 * Returns the array that holds the payload of the marked frame; read only. Mostly
	 * {@link #array()}, but not with every framing.
	 * @return the array that {@link #frameStart()} is an index into
	 */
	public byte[] frameArray() {
		return this.frameArray;
	}

	/**
	 * Returns where the payload of the marked frame starts.
	 * @return index of the first byte of the payload, into {@link #frameArray()}
	 */
	public int frameStart() {
		return this.frameStart;
	}

	/**
	 * Returns the length of the marked frame's payload.
	 * @return the length in bytes
	 */
	public int frameLength() {
		return this.frameEnd - this.frameStart;
	}

}
