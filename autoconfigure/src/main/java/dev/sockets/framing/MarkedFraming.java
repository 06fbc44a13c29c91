package dev.sockets.framing;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;

/**
 * One sequence of bytes starts a frame and another one ends it; a checksum may follow. A
 * frame in which another one starts was not finished by its peer. What was scanned says
 * where it stands: nothing while it looks for the start.
 */
final class MarkedFraming implements SeekingFraming {

	private final String name;

	private final FrameMarks marks;

	private final Marks begin;

	private final Marks end;

	/** Found within a frame, each of these ends or refuses it. */
	private final Marks inside;

	private final boolean skipBetween;

	private final boolean kept;

	/** Behind a frame with the mark that is sent. */
	private final @Nullable Checksum checksum;

	/** By the length of the mark at the start, which is not covered. */
	private final @Nullable Checksum[] checksums;

	MarkedFraming(String name, FrameMarks marks, @Nullable ChecksumRule checksum) {
		this.name = name;
		this.marks = marks;
		this.begin = new Marks(marks.begin());
		this.end = new Marks(marks.end());
		this.inside = marks.inside();
		this.skipBetween = marks.skipBetween();
		this.kept = marks.kept();
		this.checksums = new Checksum[this.begin.longest() + 1];
		for (byte[] mark : this.begin.all()) {
			this.checksums[mark.length] = (checksum != null) ? behind(mark, checksum) : null;
		}
		this.checksum = this.checksums[this.begin.preferred().length];
	}

	private static Checksum behind(byte[] begin, ChecksumRule rule) {
		Checksum checksum = new Checksum(rule, begin.length);
		checksum.require();
		return checksum;
	}

	@Override
	public List<byte[]> beginnings() {
		return this.begin.all();
	}

	@Override
	public List<byte[]> ends() {
		return this.end.all();
	}

	@Override
	public boolean keepsEnds() {
		return this.kept;
	}

	@Override
	public boolean skipsBetween() {
		return this.skipBetween;
	}

	@Override
	public void skipTo(Marks others, FrameWindow window) {
		byte[] array = window.array();
		int start = window.start();
		int end = window.end();
		if (window.scanned() == start) {
			int at = others.find(array, start, this.begin.find(array, start, end, end), end);
			if (at > start) {
				window.skip(at);
			}
		}
	}

	@Override
	public boolean next(FrameWindow window) {
		byte[] array = window.array();
		int beginLength = (window.scanned() == window.start()) ? begin(window)
				: this.begin.length(array, window.start(), window.end());
		if (beginLength == 0) {
			return false;
		}
		int start = window.start();
		int frameStart = start + beginLength;
		int limit = (int) Math.min(window.end(), (long) frameStart + window.maxFrameSize() + 1);
		int at = this.inside.find(array, Math.max(frameStart, window.scanned()), limit, window.end());
		int length = (at < limit) ? this.end.length(array, at, window.end()) : 0;
		if (at - frameStart > window.maxFrameSize()
				|| (this.kept && length > 0 && at + length - start > window.maxFrameSize())) {
			throw FrameFault.tooLarge(this, "a frame that is too long, without its end", window);
		}
		if (length == 0 && at < limit && isBegin(array, at, window.end())) {
			window.rejectUnfinished(at);
			return true;
		}
		Checksum checksum = this.checksums[beginLength];
		int next = at + length + ((checksum != null) ? checksum.size() : 0);
		if (length == 0 || next > window.end()) {
			window.scanned(at);
			return false;
		}
		if (checksum != null && !checksum.matches(array, start, next)) {
			reject(window, at + length, next, checksum.mismatch(array, start, next));
			return true;
		}
		window.frame(this.kept ? start : frameStart, this.kept ? next : at, next);
		return true;
	}

	private boolean isBegin(byte[] array, int at, int end) {
		return this.begin.length(array, at, end) > 0 && !this.end.isCut(array, at, end);
	}

	/**
	 * Refuses a frame that has a wrong checksum behind its end. When its peer has not
	 * sent that, another frame begins in its place. It may be the checksum all the same,
	 * and is taken for it to be answered when the peer sends nothing behind it.
	 */
	private void reject(FrameWindow window, int frameEnd, int next, String mismatch) {
		byte[] array = window.array();
		int end = window.end();
		int again = this.begin.find(array, frameEnd, next, end);
		int length = (again < next) ? this.begin.length(array, again, end) : 0;
		if (length > 0 && again + length < end) {
			window.rejectUnfinished(again);
		}
		else {
			window.reject(again, SocketErrorCode.CHECKSUM, mismatch);
		}
	}

	/**
	 * Goes to the start of the next frame.
	 * @return how long the mark is there; 0 when it has not come in whole
	 */
	private int begin(FrameWindow window) {
		byte[] array = window.array();
		int start = window.start();
		int end = window.end();
		int length = this.begin.length(array, start, end);
		if (length > 0) {
			return length;
		}
		int at = this.begin.find(array, start, end, end);
		if (at > start) {
			if (!this.skipBetween) {
				throw FrameFault.malformed(this, "bytes that do not start with " + this.begin, window);
			}
			window.skip(at);
		}
		return (at < end) ? this.begin.length(array, at, end) : 0;
	}

	@Override
	public void encode(byte[] payload, FrameOutput output) {
		if (this.kept && isComplete(payload)) {
			output.write(payload);
			return;
		}
		int start = output.size();
		this.begin.write(output);
		int frameStart = output.size();
		output.write(payload);
		this.end.write(output);
		requireUnmarked(payload, output.array(), frameStart, output.size());
		if (this.checksum != null) {
			this.checksum.append(output, start);
		}
	}

	/**
	 * Returns whether a payload is a whole frame, as those are that were received.
	 */
	private boolean isComplete(byte[] payload) {
		int length = payload.length - ((this.checksum != null) ? this.checksum.size() : 0);
		int begin = (length > 0) ? this.begin.length(payload, 0, length) : 0;
		int at = this.inside.find(payload, begin, Math.max(begin, length), length);
		Checksum checksum = this.checksums[begin];
		return begin > 0 && at < length && at + this.end.length(payload, at, length) == length
				&& (checksum == null || checksum.matches(payload, 0, payload.length));
	}

	/**
	 * A receiver has to see the end where it is, and another may take what begins a frame
	 * for just that.
	 */
	private void requireUnmarked(byte[] payload, byte[] array, int frameStart, int size) {
		int frameEnd = frameStart + payload.length;
		int begin = (this.marks.beginInside() == BeginInside.KEEP) ? frameEnd
				: this.begin.first(array, frameStart, frameEnd);
		int at = Math.min(this.end.find(array, frameStart, frameEnd, size), begin);
		if (at < frameEnd) {
			throw FrameFault.payloadRefused(this,
					"a payload with one of its marks at index " + (at - frameStart)
							+ ", as it would arrive as two messages: remove the bytes, or use framing length4",
					payload);
		}
	}

	@Override
	public long maxBytes(int maxFrameSize) {
		return maxFrameSize + 2048L;
	}

	@Override
	public long shortestPayload() {
		return this.kept
				? this.begin.shortest() + this.end.shortest() + ((this.checksum != null) ? this.checksum.size() : 0)
				: 0;
	}

	@Override
	public String toString() {
		return this.name.equals("marked") ? "marked " + this.begin + " to " + this.end + (this.kept ? " kept" : "")
				+ ((this.checksum != null) ? " " + this.checksum : "") : this.name;
	}

}
