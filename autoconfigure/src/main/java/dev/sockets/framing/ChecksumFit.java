package dev.sockets.framing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.sockets.InvalidSettingException;

/**
 * Whether the frames of a framing can have a checksum: one that is found again. A framing
 * which looks for bytes would end a frame in a checksum that has them, and what is before
 * may even look right.
 */
final class ChecksumFit {

	private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

	private final Framing framing;

	private final ChecksumRule rule;

	private ChecksumFit(Framing framing, ChecksumRule rule) {
		this.framing = framing;
		this.rule = rule;
	}

	/**
	 * Checks that frames can have a checksum before their end.
	 * @throws InvalidSettingException when they cannot, with the key below an endpoint's
	 * that has to be changed
	 */
	static void require(Framing framing, ChecksumRule rule) {
		ChecksumFit fit = new ChecksumFit(framing, rule);
		fit.requireFrames();
		fit.requirePlace();
		fit.requireUnseen();
	}

	/**
	 * Returns how a checksum is written in the frames of a framing unless something else
	 * is said.
	 * @return {@code null} when nobody knows what the framing looks for
	 */
	static @Nullable ChecksumEncoding usualEncoding(Framing framing, ChecksumKind kind) {
		ChecksumRule usual = ChecksumRule.of(kind);
		if (usual.encoding() != ChecksumEncoding.RAW) {
			return usual.encoding();
		}
		if (framing instanceof SerializerFraming || framing.getClass().getPackage() != Framing.class.getPackage()) {
			return null;
		}
		return (new ChecksumFit(framing, usual).seen() != null) ? ChecksumEncoding.HEX : ChecksumEncoding.RAW;
	}

	private void requireFrames() {
		String reason = reasonForNone();
		if (reason != null) {
			throw new InvalidSettingException("checksum.kind", ChecksumRule.label(this.rule.kind()),
					"left out: the framing " + this.framing + " cannot have it, as " + reason);
		}
	}

	private @Nullable String reasonForNone() {
		if (this.framing instanceof RawFraming) {
			return "it has no frames";
		}
		if (this.framing instanceof JsonStreamFraming) {
			return "its frames are nothing but JSON";
		}
		if (this.framing instanceof PickleStreamFraming) {
			return "its frames are nothing but pickles";
		}
		if (this.framing instanceof EndOfStreamFraming) {
			return "all that is sent is one frame, of which nobody knows the end";
		}
		if (this.framing instanceof FixFraming) {
			return "its messages have a checksum of their own";
		}
		return (this.framing instanceof AcknowledgedFraming)
				? "acknowledgements have none: acknowledge the framing with the checksum" : null;
	}

	private void requirePlace() {
		if (this.rule.place() == null && this.framing instanceof SeekingFraming seeking && seeking.keepsEnds()) {
			throw new InvalidSettingException("checksum.place", "end",
					"an index from the end, as -4" + ((this.framing instanceof MarkedFraming) ? ", or after-end" : "")
							+ ": the bytes that end frames are a part of them with the framing " + this.framing);
		}
		Integer size = (this.framing instanceof FixedFraming fixed) ? Integer.valueOf(fixed.size()) : null;
		new ChecksumCover(this.rule, 0).require(size);
		if (this.framing instanceof LengthFraming length && this.rule.place() != null && this.rule.place() >= 0
				&& length.keepsLengthIn(this.rule.place(), this.rule.place() + Checksum.size(this.rule))) {
			throw new InvalidSettingException("checksum.place", this.rule.place(), "elsewhere: the length is there");
		}
		if (this.rule.place() != null && this.framing instanceof SeekingFraming seeking) {
			requireBesideMarks(seeking, this.rule.place());
		}
	}

	/**
	 * A checksum that is in place of a mark would be read instead of it, or it instead of
	 * the checksum.
	 */
	private void requireBesideMarks(SeekingFraming seeking, int place) {
		boolean beginKept = seeking instanceof DelimitersFraming || seeking.keepsEnds();
		int begin = beginKept ? longest(seeking.beginnings()) : 0;
		if (place >= 0 && place < begin) {
			throw new InvalidSettingException("checksum.place", place,
					"at least " + begin + ": what begins a message is there");
		}
		int last = -Checksum.size(this.rule) - (seeking.keepsEnds() ? longest(seeking.ends()) : 0);
		if (seeking.keepsEnds() && place < 0 && place > last) {
			throw new InvalidSettingException("checksum.place", place,
					"at most " + last + ": what ends a message is there");
		}
	}

	private static int longest(List<byte[]> marks) {
		return marks.stream().mapToInt((mark) -> mark.length).max().orElse(0);
	}

	private void requireUnseen() {
		byte[] seen = seen();
		if (seen != null) {
			throw new InvalidSettingException("checksum.encoding", ChecksumRule.label(this.rule.encoding()),
					unseen(seen));
		}
		for (byte[] mark : sought()) {
			if (contains(this.rule.separator(), mark[mark.length - 1])) {
				throw new InvalidSettingException("checksum.separator", WireText.of(this.rule.separator()),
						"bytes that begin or end no frame: the framing " + this.framing + " looks for "
								+ HEX.formatHex(mark));
			}
		}
	}

	private String unseen(byte[] seen) {
		if (this.rule.encoding() == ChecksumEncoding.RAW) {
			return "hex" + behindEnd() + ": the framing " + this.framing + " looks for " + HEX.formatHex(seen)
					+ ", which the bytes of a checksum may be, and a message would end there";
		}
		return "in frames of another framing, as length2" + behindEnd() + ": the framing " + this.framing
				+ " looks for bytes, and the digits of a checksum may have its " + HEX.formatHex(seen);
	}

	private String behindEnd() {
		return (this.framing instanceof MarkedFraming) ? ", or raw with checksum.place: after-end" : "";
	}

	private static boolean contains(byte[] bytes, byte value) {
		return Scan.indexOf(bytes, value, 0, bytes.length) >= 0;
	}

	private List<byte[]> sought() {
		List<byte[]> sought = new ArrayList<>();
		Framing inner = this.framing;
		while (inner instanceof ChecksumFraming checked) {
			inner = checked.framing();
		}
		if (inner instanceof SeekingFraming seeking) {
			sought.addAll(seeking.ends());
			sought.addAll(seeking.beginnings());
		}
		return sought;
	}

	/**
	 * Returns what the framing may see in a checksum, or in a checksum together with what
	 * is around it; {@code null} for nothing.
	 */
	private byte @Nullable [] seen() {
		List<byte[]> sought = sought();
		for (byte[] mark : sought) {
			if (mayHave(mark[mark.length - 1]) || (this.rule.place() != null && mayHaveAny(mark))
					|| sought.stream().anyMatch((next) -> mayLeadTo(mark, next))) {
				return mark;
			}
		}
		return null;
	}

	private boolean mayHave(byte value) {
		return this.rule.encoding().mayHave(this.rule.kind(), value);
	}

	private boolean mayHaveAny(byte[] mark) {
		for (byte value : mark) {
			if (mayHave(value)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Returns whether a mark may begin in a checksum and end in the one that follows it.
	 */
	private boolean mayLeadTo(byte[] mark, byte[] next) {
		for (int count = 1; count < mark.length && count <= next.length; count++) {
			int start = mark.length - count;
			if (Arrays.equals(mark, start, mark.length, next, 0, count) && mayHave(mark[start - 1])) {
				return true;
			}
		}
		return false;
	}

}
