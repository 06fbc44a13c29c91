package dev.sockets.framing;

import org.jspecify.annotations.Nullable;

import dev.sockets.InvalidSettingException;

/**
 * Where the checksum of a frame is and what it covers: something, and not itself.
 */
final class ChecksumCover {

	/** Longer than any frame. */
	private static final long LONG = 1L << 40;

	private final ChecksumRule rule;

	private final int size;

	private final int before;

	private final int markSize;

	/**
	 * Makes that of a rule.
	 * @param rule the rule
	 * @param markSize bytes of the mark at the start of the frame, which is not covered
	 * unless the rule says so
	 */
	ChecksumCover(ChecksumRule rule, int markSize) {
		this.rule = rule;
		this.size = Checksum.size(rule);
		this.before = rule.separator().length;
		this.markSize = markSize;
	}

	/**
	 * Returns the index of the checksum's first byte.
	 */
	long place(long length) {
		Integer place = this.rule.place();
		return (place != null) ? index(place, length) : length - this.size;
	}

	/**
	 * Returns the index of the first byte that is covered.
	 */
	long from(long length) {
		Integer from = this.rule.from();
		return (from != null) ? index(from, length) : this.markSize;
	}

	/**
	 * Returns the index after the last byte that is covered.
	 */
	long to(long length, long place) {
		Integer to = this.rule.to();
		if (to != null) {
			return index(to, length);
		}
		return (this.rule.place() != null && place + this.size < length) ? length : place - this.before;
	}

	private static long index(int index, long length) {
		return (index < 0) ? length + index : index;
	}

	/**
	 * Returns whether a frame has room for a checksum and what it covers, which may be
	 * nothing, but not the checksum.
	 */
	boolean fits(long length, long place, long from, long to) {
		return place >= this.before && place + this.size <= length && from >= 0 && to >= from && to <= length
				&& (to <= place || from >= place + this.size);
	}

	/**
	 * Returns how many bytes the shortest frame has that can have it.
	 * @param least bytes that any frame has
	 */
	long shortest(long least) {
		long none = least - 1;
		long some = LONG;
		while (some - none > 1 && !fits(least)) {
			long between = (none + some) / 2;
			if (fits(between)) {
				some = between;
			}
			else {
				none = between;
			}
		}
		return fits(least) ? least : some;
	}

	private boolean fits(long length) {
		long place = place(length);
		return fits(length, place, from(length), to(length, place));
	}

	/**
	 * Checks that frames which are long enough can have it.
	 * @param frameSize bytes that each frame has; {@code null} when they differ
	 * @throws InvalidSettingException when they cannot, with the key below an endpoint's
	 * that has to be changed
	 */
	void require(@Nullable Integer frameSize) {
		long length = (frameSize != null) ? frameSize : LONG;
		long place = place(length);
		long from = from(length);
		long to = to(length, place);
		if (place < this.before || place + this.size > length) {
			throw invalid("place",
					(frameSize != null)
							? "from " + this.before + " to at most " + (frameSize - this.size) + ", as a frame has "
									+ frameSize + " bytes"
							: "at most -" + this.size + ", as the checksum has " + this.size + " bytes");
		}
		if (from < 0 || from >= length) {
			throw invalid("from", "within the frame, which has " + frameSize + " bytes");
		}
		if (to < 0 || to > length) {
			throw invalid("to", "within the frame, which has " + frameSize + " bytes");
		}
		if (to > place && from < place + this.size) {
			throw coversItself();
		}
		if (to <= from) {
			throw (this.rule.to() != null) ? invalid("to", "behind checksum.from: nothing would be covered")
					: (this.rule.from() != null || this.rule.place() == null)
							? invalid("from", "before the checksum: nothing would be covered")
							: invalid("place", "behind something: nothing would be covered");
		}
	}

	private InvalidSettingException coversItself() {
		Integer place = this.rule.place();
		int start = (place != null) ? place : -this.size;
		int end = start + this.size;
		String to = "at most " + start;
		String from = (start < 0 && end >= 0) ? null : "at least " + end;
		String reason = ": it would cover itself";
		if (this.rule.to() != null) {
			return invalid("to", to + ((from != null) ? ", or checksum.from " + from : "") + reason);
		}
		if (this.rule.from() != null) {
			return invalid("from", ((from != null) ? from + ", or " : "anything with ") + "checksum.to " + to + reason);
		}
		return invalid("place",
				"used with " + ((start != 0) ? "checksum.to " + to : "") + ((start != 0 && from != null) ? ", or " : "")
						+ ((from != null) ? "checksum.from " + from : "") + reason);
	}

	private InvalidSettingException invalid(String key, String allowed) {
		Object value = switch (key) {
			case "from" -> (this.rule.from() != null) ? this.rule.from() : this.markSize;
			case "to" -> this.rule.to();
			default -> (this.rule.place() != null) ? this.rule.place() : "end";
		};
		return new InvalidSettingException("checksum." + key, value, allowed);
	}

}
