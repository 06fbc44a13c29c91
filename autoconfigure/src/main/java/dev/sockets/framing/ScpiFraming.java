package dev.sockets.framing;

import java.util.List;

/**
 * Lines of which blocks are a part, as IEEE 488.2 has them: <code>#</code>, how many
 * digits follow, these digits, and so many bytes as they say, of which any may be LF. A
 * block begins where a value does, and not within quotes. What was scanned says where it
 * stands; the state is the quote and how far the end of a block is away.
 */
final class ScpiFraming implements SeekingFraming {

	private static final int QUOTES = 2;

	private static final int QUOTE_MASK = 3;

	/** What the look for the end of a line has come to. */
	private static final class Line {

		private final byte[] array;

		private final int start;

		private final int end;

		private final int limit;

		private int at;

		private int quote;

		/** Index after the last block. */
		private int blockEnd;

		Line(byte[] array, int start, int end, int at, long state, int maxFrameSize) {
			this.array = array;
			this.start = start;
			this.end = end;
			this.at = at;
			this.limit = (int) Math.min(Integer.MAX_VALUE, (long) start + maxFrameSize + 1);
			this.quote = (int) state & QUOTE_MASK;
			int ahead = (int) (state >> QUOTES);
			this.blockEnd = (ahead > 0) ? at + ahead - 1 : start;
		}

		long state() {
			return ((this.blockEnd >= this.at && this.blockEnd > this.start)
					? (long) (this.blockEnd - this.at + 1) << QUOTES : 0) | this.quote;
		}

		/**
		 * Goes on to the LF.
		 * @return whether it is there
		 */
		boolean findEnd() {
			this.at = Math.max(this.at, Math.min(this.blockEnd, this.end));
			while (this.at < this.end && this.blockEnd <= this.at) {
				byte value = this.array[this.at];
				if (value == '\n') {
					return true;
				}
				if (value == '#' && beginsBlock()) {
					int header = header();
					if (header < 0) {
						return false;
					}
					this.at = Math.min(this.end, Math.max(this.at + 1, header));
				}
				else {
					quote(value);
					this.at++;
				}
			}
			return false;
		}

		private void quote(byte value) {
			int mark = (value == '"') ? 1 : (value == '\'') ? 2 : 0;
			if (mark != 0 && (this.quote == 0 || this.quote == mark)) {
				this.quote = (this.quote == 0) ? mark : 0;
			}
		}

		private boolean beginsBlock() {
			if (this.quote != 0) {
				return false;
			}
			int before = (this.at > this.start) ? this.array[this.at - 1] : ',';
			return before == ',' || before == ';' || before == ' ' || before == '\t';
		}

		/**
		 * Reads what stands before a block.
		 * @return where its bytes end; the present place when it is none, -1 when more is
		 * needed
		 */
		private int header() {
			if (this.at + 1 == this.end) {
				return -1;
			}
			int digits = this.array[this.at + 1] - '0';
			if (digits < 1 || digits > 9) {
				return this.at;
			}
			long length = 0;
			for (int i = 0; i < digits; i++) {
				int place = this.at + 2 + i;
				if (place == this.end) {
					return -1;
				}
				int digit = this.array[place] - '0';
				if (digit < 0 || digit > 9) {
					return this.at;
				}
				length = 10 * length + digit;
			}
			long blockEnd = this.at + 2L + digits + length;
			this.blockEnd = (int) Math.min(blockEnd, Math.max(this.limit, this.at + 2 + digits));
			return this.blockEnd;
		}

		/**
		 * Returns where the text ends as far as it is known: a CR before the LF is
		 * dropped, but not of a block.
		 */
		int textEnd() {
			boolean carriageReturn = this.at > this.start && this.array[this.at - 1] == '\r'
					&& this.blockEnd != this.at;
			return Math.max(this.blockEnd, carriageReturn ? this.at - 1 : this.at);
		}

	}

	@Override
	public List<byte[]> ends() {
		return LINE_ENDS;
	}

	@Override
	public boolean next(FrameWindow window) {
		Line line = new Line(window.array(), window.start(), window.end(), window.scanned(), window.state(),
				window.maxFrameSize());
		boolean found = line.findEnd();
		int textEnd = line.textEnd();
		if (textEnd - window.start() > window.maxFrameSize()) {
			throw FrameFault.tooLarge(this, "a line that is too long, without its end", window);
		}
		if (found) {
			window.frame(window.start(), textEnd, line.at + 1);
		}
		else {
			window.scanned(line.at);
			window.state(line.state());
		}
		return found;
	}

	@Override
	public void encode(byte[] payload, FrameOutput output) {
		int start = output.size();
		output.write(payload);
		output.write('\n');
		Line line = new Line(output.array(), start, output.size(), start, 0, Integer.MAX_VALUE - start - 1);
		if (!line.findEnd() || line.textEnd() != output.size() - 1) {
			throw FrameFault.payloadRefused(this,
					"a payload with an LF outside of a block, a CR at its end, or a block that is not "
							+ "complete: put such bytes into a block of their length, as #15hello",
					payload);
		}
	}

	@Override
	public String toString() {
		return "scpi";
	}

}
