package dev.sockets.framing;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

import org.springframework.util.Assert;

/**
 * Sequences of bytes that begin or end frames. Where several could be at one place, it is
 * the longest.
 */
final class Marks {

	private static final int VALUES = 256;

	private final byte[] preferred;

	/** The longest first. */
	private final byte[][] marks;

	private final boolean[] begin = new boolean[VALUES];

	/** How many different bytes marks begin with. */
	private final int beginnings;

	private final byte beginning;

	private final byte otherBeginning;

	/** Whether all marks have one byte. */
	private final boolean simple;

	Marks(List<byte[]> marks) {
		Assert.notEmpty(marks, "At least one mark is needed");
		this.marks = marks.stream()
			.map(byte[]::clone)
			.sorted(Comparator.comparingInt((byte[] mark) -> mark.length).reversed())
			.toArray(byte[][]::new);
		this.preferred = marks.get(0).clone();
		Assert.isTrue(this.marks[this.marks.length - 1].length > 0, "A mark needs at least one byte");
		this.simple = this.marks[0].length == 1;
		byte other = 0;
		int beginnings = 0;
		for (byte[] mark : this.marks) {
			if (!this.begin[mark[0] & 0xff]) {
				this.begin[mark[0] & 0xff] = true;
				beginnings++;
			}
			other = (mark[0] != this.preferred[0]) ? mark[0] : other;
		}
		this.beginnings = beginnings;
		this.beginning = this.preferred[0];
		this.otherBeginning = other;
	}

	/**
	 * Returns the one that is sent.
	 */
	byte[] preferred() {
		return this.preferred;
	}

	/**
	 * Returns how many bytes the longest one has.
	 */
	int longest() {
		return this.marks[0].length;
	}

	/**
	 * Returns all of them.
	 */
	List<byte[]> all() {
		return List.of(this.marks);
	}

	/**
	 * Returns the length of the shortest one.
	 */
	int shortest() {
		return this.marks[this.marks.length - 1].length;
	}

	void write(FrameOutput output) {
		if (this.preferred.length == 1) {
			output.write(this.beginning);
		}
		else {
			output.write(this.preferred);
		}
	}

	/**
	 * Finds the first place where a mark is, or begins and may go on behind the end.
	 * @param array where to look
	 * @param from first index to look at
	 * @param to index to stop at
	 * @param end where the bytes end
	 * @return the index; {@code to} when there is none
	 */
	int find(byte[] array, int from, int to, int end) {
		int at = candidate(array, from, to);
		while (!this.simple && at < to && length(array, at, end) == 0 && !isCut(array, at, end)) {
			at = candidate(array, at + 1, to);
		}
		return at;
	}

	/**
	 * Finds the first place where a mark is in whole.
	 * @param array where to look
	 * @param from first index to look at
	 * @param end where the bytes end
	 * @return the index; {@code end} when there is none
	 */
	int first(byte[] array, int from, int end) {
		int at = candidate(array, from, end);
		while (!this.simple && at < end && length(array, at, end) == 0) {
			at = candidate(array, at + 1, end);
		}
		return at;
	}

	private int candidate(byte[] array, int from, int to) {
		if (this.beginnings <= 2) {
			int at = (this.beginnings == 1) ? Scan.indexOf(array, this.beginning, from, to)
					: Scan.indexOf(array, this.beginning, this.otherBeginning, from, to);
			return (at < 0) ? to : at;
		}
		int at = from;
		while (at < to && !this.begin[array[at] & 0xff]) {
			at++;
		}
		return Math.min(at, to);
	}

	/**
	 * Returns how long the mark is at a place.
	 * @return its length in bytes; 0 when there is none in whole
	 */
	int length(byte[] array, int at, int end) {
		if (this.simple) {
			return (at < end && this.begin[array[at] & 0xff]) ? 1 : 0;
		}
		for (byte[] mark : this.marks) {
			if (mark.length <= end - at && matches(mark, 0, array, at, mark.length)) {
				return mark.length;
			}
		}
		return 0;
	}

	/**
	 * Returns whether a mark may be at a place of which only the beginning has come.
	 */
	boolean isCut(byte[] array, int at, int end) {
		for (byte[] mark : this.marks) {
			if (mark.length > end - at && matches(mark, 0, array, at, end - at)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Looks at what comes behind a mark with which a longer one begins: the longer one
	 * has been there all the time, when this is its rest.
	 * @param seen index of that mark among those of this class
	 * @param array holds the bytes
	 * @param start where what comes behind it starts
	 * @param end where the bytes end
	 * @return how long the rest is; 0 when it is none; -1 when it may be one
	 */
	int rest(int seen, byte[] array, int start, int end) {
		int length = this.marks[seen].length;
		int result = 0;
		for (byte[] mark : this.marks) {
			if (mark.length > length && matches(this.marks[seen], 0, mark, 0, length)) {
				int available = Math.min(mark.length - length, end - start);
				if (matches(mark, length, array, start, available)) {
					if (available == mark.length - length) {
						return available;
					}
					result = -1;
				}
			}
		}
		return result;
	}

	/**
	 * Returns which mark is at a place, for {@link #rest}.
	 */
	int indexOf(byte[] array, int at, int length) {
		for (int i = 0; i < this.marks.length; i++) {
			if (this.marks[i].length == length && matches(this.marks[i], 0, array, at, length)) {
				return i;
			}
		}
		return -1;
	}

	/**
	 * Returns whether one of the marks begins with another.
	 */
	boolean areNested() {
		for (byte[] mark : this.marks) {
			for (byte[] other : this.marks) {
				if (mark != other && other.length <= mark.length && matches(other, 0, mark, 0, other.length)) {
					return true;
				}
			}
		}
		return false;
	}

	private static boolean matches(byte[] mark, int from, byte[] array, int at, int length) {
		for (int i = 0; i < length; i++) {
			if (mark[from + i] != array[at + i]) {
				return false;
			}
		}
		return true;
	}

	@Override
	public String toString() {
		HexFormat hex = HexFormat.ofDelimiter(" ");
		return Arrays.stream(this.marks).map(hex::formatHex).collect(Collectors.joining(" or "));
	}

}
