package dev.sockets.framing;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;

/**
 * The bytes a connection has received and not yet consumed, and the frame that a
 * {@link Framing} found in them. Indices are indices into {@link #array()}, save those of
 * the frame, which are indices into {@link #frameArray()}. Not thread-safe; reused from
 * read to read.
 */
public final class FrameWindow {

	private static final String UNFINISHED = "another one begins before its end";

	private byte[] array = new byte[0];

	private int start;

	private int end;

	private int scanned;

	private long state;

	private int maxFrameSize;

	private byte[] frameArray = this.array;

	private int frameStart;

	private int frameEnd;

	private @Nullable SocketErrorCode rejection;

	private String rejectionReason = "";

	private boolean unfinished;

	private @Nullable Object attachment;

	private byte[] scratch = new byte[0];

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
		attach(null);
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
	 * @return what was given to {@link #state(long)} since the last frame was marked; 0
	 * when nothing was
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
	 * Returns what the framing remembers of this connection, from frame to frame.
	 * @return what was given to {@link #attach}; {@code null} at first
	 */
	public @Nullable Object attachment() {
		return this.attachment;
	}

	/**
	 * Remembers something for as long as this connection lasts.
	 * @param attachment an object of the framing, used by one thread at a time; nobody
	 * else's, and no other connection's
	 */
	public void attach(@Nullable Object attachment) {
		if (attachment != this.attachment) {
			this.attachment = attachment;
		}
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
	 * The same for a payload that is a part of an array.
	 */
	void frame(byte[] array, int frameStart, int frameEnd, int next) {
		mark(array, frameStart, frameEnd, next);
	}

	/**
	 * Returns an array for a payload that has to be put together. It is valid until the
	 * next frame is looked for.
	 * @param size bytes to have room for
	 * @return an array of at least that size, with anything in it
	 */
	byte[] scratch(int size) {
		if (this.scratch.length < size) {
			this.scratch = new byte[Math.max(size, Math.min(2 * this.scratch.length, this.maxFrameSize))];
		}
		return this.scratch;
	}

	/**
	 * Refuses a frame and consumes its bytes. It is counted and told as a
	 * {@code MessageErrorEvent}; the connection goes on behind it.
	 * @param next index of the first byte after the frame, where the next one starts
	 * @param reason what is wrong with it; not a text of the peer's
	 */
	public void reject(int next, String reason) {
		reject(next, SocketErrorCode.MALFORMED_FRAME, reason);
	}

	void reject(int next, SocketErrorCode code, String reason) {
		mark(this.array, this.start, next, next);
		refuse(code, reason);
	}

	/**
	 * Refuses a frame that its peer has not finished before it has begun another one.
	 * Unlike others it is answered by nobody: the peer would take that for the answer to
	 * the other one.
	 * @param next index of the first byte of the other one
	 */
	public void rejectUnfinished(int next) {
		reject(next, UNFINISHED);
		this.unfinished = true;
	}

	/**
	 * Refuses the frame that is marked.
	 */
	void refuse(SocketErrorCode code, String reason) {
		this.rejection = code;
		this.rejectionReason = reason;
		this.unfinished = false;
	}

	/**
	 * Takes bytes off the end of the frame that is marked.
	 */
	void shorten(int bytes) {
		this.frameEnd -= bytes;
	}

	/**
	 * Sets the longest payload allowed.
	 */
	void maxFrameSize(int maxFrameSize) {
		this.maxFrameSize = maxFrameSize;
	}

	/**
	 * Returns whether what is marked is a frame that was {@linkplain #reject refused}.
	 * @return what is wrong with it; {@code null} when it is an ordinary one
	 */
	public @Nullable SocketErrorCode rejection() {
		return this.rejection;
	}

	/**
	 * Returns whether what was refused is a frame that its peer
	 * {@linkplain #rejectUnfinished has not finished}.
	 * @return whether nobody is to answer it
	 */
	public boolean isUnfinished() {
		return this.rejection != null && this.unfinished;
	}

	/**
	 * Returns why the marked frame was refused.
	 * @return the reason
	 */
	public String rejectionReason() {
		return this.rejectionReason;
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
		if (this.rejection != null) {
			this.rejection = null;
		}
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
