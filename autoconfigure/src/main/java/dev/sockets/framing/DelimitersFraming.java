package dev.sockets.framing;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;

/**
 * Any of several sequences of bytes ends a frame. When a shorter one is there with which
 * a longer one begins, the frame is not held back: what comes next is remembered to be
 * perhaps the rest of the longer one. Where something begins each frame, one without it
 * is refused, and what has no byte is none.
 */
final class DelimitersFraming implements SeekingFraming {

	private final Marks marks;

	/** {@code null} when nothing begins a frame. */
	private final @Nullable Marks begin;

	/** Both. */
	private final Marks all;

	private final boolean kept;

	private final boolean skipEmpty;

	private final boolean deliverRest;

	DelimitersFraming(Delimiters delimiters) {
		this.marks = new Marks(delimiters.delimiters());
		this.begin = delimiters.begin().isEmpty() ? null : new Marks(delimiters.begin());
		this.all = new Marks(Stream.concat(delimiters.delimiters().stream(), delimiters.begin().stream()).toList());
		this.kept = delimiters.kept();
		this.skipEmpty = delimiters.skipEmpty();
		this.deliverRest = delimiters.deliverRest();
	}

	@Override
	public List<byte[]> beginnings() {
		return (this.begin != null) ? this.begin.all() : List.of();
	}

	@Override
	public List<byte[]> ends() {
		return this.marks.all();
	}

	@Override
	public boolean keepsEnds() {
		return this.kept;
	}

	/**
	 * Returns whether bytes may be skipped before a frame, other than by {@link #skipTo}.
	 */
	boolean skips() {
		return (this.skipEmpty && this.begin == null) || this.marks.areNested();
	}

	private boolean skipsEmpty() {
		return this.skipEmpty || this.begin != null;
	}

	@Override
	public boolean skipsBetween() {
		return this.begin != null;
	}

	@Override
	public void skipTo(Marks others, FrameWindow window) {
		int at = window.start();
		int length = this.marks.length(window.array(), at, window.end());
		while (length > 0) {
			at += length;
			length = this.marks.length(window.array(), at, window.end());
		}
		if (at > window.start()) {
			window.skip(at);
		}
	}

	@Override
	public boolean next(FrameWindow window) {
		while (window.start() < window.end()) {
			if (window.state() != 0 && !skipsRest(window)) {
				return false;
			}
			int start = window.start();
			if (start == window.end()) {
				return false;
			}
			byte[] array = window.array();
			int limit = Scan.limit(window, 1);
			int at = find(array, start, Math.max(start, window.scanned()), limit, window.end());
			int length = (at < limit) ? this.marks.length(array, at, window.end()) : 0;
			if (length == 0) {
				requireRoom(window, at);
				if (at < limit && beginLength(array, at, window.end()) > 0) {
					window.rejectUnfinished(at);
					return true;
				}
				window.scanned(at);
				return false;
			}
			long seen = this.marks.isCut(array, at, window.end()) ? 1 + this.marks.indexOf(array, at, length) : 0;
			boolean skipped = at == start && skipsEmpty();
			if (skipped) {
				window.skip(at + length);
			}
			else {
				requireRoom(window, this.kept ? at + length : at);
				frame(window, this.kept ? at + length : at, at + length);
			}
			window.state(seen);
			if (!skipped) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Marks a frame, and refuses one that does not begin as each does.
	 */
	private void frame(FrameWindow window, int frameEnd, int next) {
		int start = window.start();
		boolean begun = isBegun(window.array(), start, frameEnd);
		window.frame(start, frameEnd, next);
		if (!begun) {
			window.refuse(SocketErrorCode.MALFORMED_FRAME, "it does not begin with " + this.begin);
		}
	}

	private boolean isBegun(byte[] array, int start, int end) {
		return this.begin == null || this.begin.length(array, start, end) > 0;
	}

	/**
	 * Finds the first place of what may stand behind a frame, or perhaps begins to.
	 */
	private int find(byte[] array, int start, int from, int limit, int end) {
		int at = this.all.find(array, from, limit, end);
		int begin = (at == start && at < limit) ? beginLength(array, at, end) : 0;
		return (begin > 0) ? this.all.find(array, Math.min(limit, at + begin), limit, end) : at;
	}

	private int beginLength(byte[] array, int at, int end) {
		if (this.begin == null || this.marks.length(array, at, end) > 0 || this.marks.isCut(array, at, end)) {
			return 0;
		}
		return this.begin.length(array, at, end);
	}

	/**
	 * Skips the rest of the delimiter of the frame before.
	 */
	private boolean skipsRest(FrameWindow window) {
		int seen = (int) window.state() - 1;
		int rest = this.marks.rest(seen, window.array(), window.start(), window.end());
		if (rest >= 0) {
			window.skip(window.start() + rest);
		}
		return rest >= 0;
	}

	private void requireRoom(FrameWindow window, int frameEnd) {
		if (frameEnd - window.start() > window.maxFrameSize()) {
			throw FrameFault.tooLarge(this, "a frame that is too long, without its delimiter", window);
		}
	}

	@Override
	public boolean end(FrameWindow window) {
		if (this.deliverRest) {
			frame(window, window.end(), window.end());
		}
		return this.deliverRest;
	}

	@Override
	public void encode(byte[] payload, FrameOutput output) {
		if (!isBegun(payload, 0, payload.length)) {
			throw FrameFault.payloadRefused(this,
					"a payload that does not begin with " + this.begin + ", as each message does: begin it so",
					payload);
		}
		if (payload.length == 0 && this.skipEmpty) {
			throw FrameFault.payloadRefused(this, "an empty payload, as it would not arrive: send at least one byte",
					payload);
		}
		int start = output.size();
		output.write(payload);
		int length = this.kept ? endLength(payload) : 0;
		if (length == 0) {
			output.write(this.marks.preferred());
			length = this.marks.preferred().length;
		}
		requireOne(payload, output, start, output.size() - length);
	}

	/**
	 * Returns how long the delimiter is that a payload brings along.
	 */
	private int endLength(byte[] payload) {
		int at = this.marks.find(payload, 0, payload.length, payload.length);
		int length = (at < payload.length) ? this.marks.length(payload, at, payload.length) : 0;
		return (at + length == payload.length) ? length : 0;
	}

	/**
	 * A receiver has to see one delimiter, and that at the end; nor may it take the first
	 * bytes for the rest of the one before.
	 */
	private void requireOne(byte[] payload, FrameOutput output, int start, int end) {
		int at = this.marks.find(output.array(), start, end, output.size());
		byte[] preferred = this.marks.preferred();
		int before = this.marks.indexOf(preferred, 0, preferred.length);
		if (at < end || (payload.length > 0 && this.marks.rest(before, payload, 0, payload.length) != 0)) {
			throw FrameFault.payloadRefused(this,
					"a payload with a delimiter at index " + ((at < end) ? at - start : 0)
							+ ", as it would arrive as two messages: remove the delimiter, or use framing length4",
					payload);
		}
		int begin = (this.begin != null && payload.length > 0) ? this.begin.first(payload, 1, payload.length)
				: payload.length;
		if (begin < payload.length) {
			throw FrameFault.payloadRefused(this,
					"a payload with what begins another one at index " + begin + ": remove the bytes", payload);
		}
	}

	@Override
	public long shortestPayload() {
		return ((this.begin != null) ? this.begin.shortest() : 0) + (this.kept ? this.marks.shortest() : 0);
	}

	@Override
	public String toString() {
		return "delimiter " + this.marks + ((this.begin != null) ? " begin " + this.begin : "")
				+ (this.kept ? " kept" : "") + (this.skipEmpty ? " skip-empty" : "")
				+ (this.deliverRest ? " deliver" : "");
	}

}
