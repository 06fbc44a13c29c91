package dev.sockets.autoconfigure.binding;

import java.nio.ByteOrder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.sockets.InvalidSettingException;
import dev.sockets.autoconfigure.properties.EscapeKind;
import dev.sockets.autoconfigure.properties.FramingOptionsProperties;
import dev.sockets.autoconfigure.properties.FramingOptionsProperties.AtEnd;
import dev.sockets.autoconfigure.properties.FramingOptionsProperties.Between;
import dev.sockets.autoconfigure.properties.FramingOptionsProperties.Strip;
import dev.sockets.autoconfigure.properties.TcpConnectionProperties;
import dev.sockets.framing.Delimiters;
import dev.sockets.framing.Escapes;
import dev.sockets.framing.FrameMarks;
import dev.sockets.framing.Framing;
import dev.sockets.framing.Framings;
import dev.sockets.framing.HeaderFormat;
import dev.sockets.framing.LengthHeader;

/**
 * Makes the framings that have options of an entry.
 */
final class FramingFactory {

	private static final String OPTIONS = "framing-options.";

	private static final Pattern BYTE = Pattern.compile("(?:\\\\?x)?([0-9a-fA-F]{2})");

	private final BoundEntry<? extends TcpConnectionProperties> entry;

	private final FramingOptionsProperties options;

	FramingFactory(BoundEntry<? extends TcpConnectionProperties> entry) {
		this.entry = entry;
		this.options = entry.properties().getFramingOptions();
	}

	/**
	 * Makes a framing with lengths.
	 * @param headerSize bytes of the length unless the entry says so; {@code null} when
	 * it has to
	 */
	Framing length(@Nullable Integer headerSize) {
		return Framings.length(header(headerSize));
	}

	/**
	 * Returns the header of a framing with lengths.
	 * @param headerSize bytes of the length unless the entry says so; {@code null} when
	 * it has to
	 */
	LengthHeader header(@Nullable Integer headerSize) {
		Integer size = Objects.requireNonNullElse(this.options.getHeaderSize(), (headerSize != null) ? headerSize : 0);
		HeaderFormat format = this.options.getHeaderFormat();
		if (format.highest(size) == 0) {
			throw invalid("header-size", (size != 0) ? size : null, format.sizes());
		}
		if (format != HeaderFormat.BINARY) {
			refuse("byte-order", "only a binary length has it");
		}
		int offset = this.options.getOffset();
		boolean stripped = (this.options.getStrip() != null) ? this.options.getStrip() == Strip.HEADER : offset == 0;
		if (stripped && offset > 0) {
			throw invalid("strip", "header", "none with an offset, as what is before the length would be lost");
		}
		int least = least(format.highest(size));
		long most = most(least, format.highest(size));
		ByteOrder order = (format == HeaderFormat.BINARY) ? this.options.getByteOrder().order() : ByteOrder.BIG_ENDIAN;
		LengthHeader header;
		try {
			header = new LengthHeader(size, format, order, offset, this.options.getAdjustment(),
					this.options.isHeaderIncluded(), stripped);
		}
		catch (IllegalArgumentException ex) {
			throw invalid("offset", offset, "possible with its adjustment: " + ex.getMessage());
		}
		return withFixedBytes(header.atMost(most).atLeast(least));
	}

	private int least(long highest) {
		int least = this.options.getMinLength();
		if (least < 0 || least > highest) {
			throw invalid("min-length", least, "from 0 to " + highest + ", the most that the length can say");
		}
		return least;
	}

	/** That of a profile is not the one to be changed. */
	private long most(int least, long highest) {
		Integer most = this.options.getMaxLength();
		if (most == null) {
			return highest;
		}
		boolean written = isWritten("max-length");
		if (!written && most < least) {
			throw invalid("min-length", least, "at most the max-length, " + most);
		}
		if (written && (most < least || most > highest)) {
			throw invalid("max-length", most,
					"from the min-length, %d, to %d, the most that the length can say".formatted(least, highest));
		}
		return Math.min(most, highest);
	}

	private boolean isWritten(String key) {
		return this.entry.isMeant(OPTIONS + key);
	}

	/** Those of a profile are left out where they don't fit what is written. */
	private LengthHeader withFixedBytes(LengthHeader header) {
		LengthHeader all = header;
		for (Map.Entry<Integer, String> fixed : this.options.getHeaderBytes().entrySet()) {
			String key = "header-bytes[" + fixed.getKey() + "]";
			byte[] bytes = WireTexts.bytesOrNone(this.entry, OPTIONS + key, fixed.getValue());
			try {
				all = all.with(fixed.getKey(), bytes);
			}
			catch (IllegalArgumentException ex) {
				if (isWritten(key)) {
					throw invalid(key, fixed.getValue(), "left out: " + ex.getMessage());
				}
			}
		}
		return all;
	}

	Framing delimiter() {
		List<byte[]> marks = marks();
		List<byte[]> begin = begin();
		Delimiters delimiters;
		try {
			delimiters = new Delimiters(marks, this.options.isKeepDelimiter(), this.options.isSkipEmpty(),
					this.options.getAtEnd() == AtEnd.DELIVER, begin);
		}
		catch (InvalidSettingException ex) {
			throw this.entry.invalid(ex.getProperty(), ex.getValue(), ex.getAllowed());
		}
		catch (IllegalArgumentException ex) {
			throw invalid("keep-delimiter", true, "false: " + ex.getMessage());
		}
		return isOne(delimiters) ? Framings.delimiter(delimiters.delimiters().get(0)) : Framings.delimiters(delimiters);
	}

	private static boolean isOne(Delimiters delimiters) {
		return delimiters.delimiters().size() == 1 && !delimiters.kept() && !delimiters.skipEmpty()
				&& !delimiters.deliverRest() && delimiters.begin().isEmpty();
	}

	/**
	 * Returns the delimiters.
	 */
	List<byte[]> marks() {
		if (this.options.getDelimiters().isEmpty()) {
			return List.of(WireTexts.bytes(this.entry, OPTIONS + "delimiter", this.options.getDelimiter()));
		}
		refuse("delimiter", "there are several delimiters");
		return WireTexts.all(this.entry, OPTIONS + "delimiters", this.options.getDelimiters());
	}

	/**
	 * Returns what is at the start of each message, and nowhere else.
	 */
	List<byte[]> begin() {
		return this.options.getBegin().isEmpty() ? List.of()
				: WireTexts.all(this.entry, OPTIONS + "begin", this.options.getBegin());
	}

	Framing fixed() {
		Integer size = this.options.getSize();
		long limit = this.entry.properties().getMaxFrameSize().toBytes();
		if (size == null || size < 1) {
			throw invalid("size", size, "from 1 to the max-frame-size, " + limit);
		}
		if (size > limit) {
			throw this.entry.invalid(OPTIONS + "size", size, "from 1 to the max-frame-size, " + limit,
					this.entry.invalid("max-frame-size", this.entry.properties().getMaxFrameSize(),
							"at least framing-options.size, " + size + "B"));
		}
		return Framings.fixed(size);
	}

	Framing idleGap() {
		Duration gap = this.options.getGap();
		if (gap == null || gap.isNegative() || gap.isZero()) {
			throw invalid("gap", gap, "a positive duration");
		}
		return Framings.idleGap(gap);
	}

	/**
	 * Returns what begins and ends frames of the marked framing.
	 */
	FrameMarks frameMarks() {
		return frameMarks(WireTexts.all(this.entry, OPTIONS + "begin", this.options.getBegin()),
				WireTexts.all(this.entry, OPTIONS + "end", this.options.getEnd()));
	}

	/**
	 * Returns marks of a preset; the entry says what becomes of them.
	 */
	FrameMarks frameMarks(List<byte[]> begin, List<byte[]> end) {
		try {
			return new FrameMarks(begin, end, this.options.getBetween() == Between.SKIP, this.options.isKeepMarks(),
					this.options.getBeginInside());
		}
		catch (IllegalArgumentException ex) {
			throw invalid("end", this.options.getEnd(), "of marks that differ: " + ex.getMessage());
		}
	}

	Framing escaped() {
		EscapeKind kind = this.options.getKind();
		if (kind == null) {
			return Framings.escaped(escapes());
		}
		for (String key : List.of("flag", "escape", "map")) {
			refuse(key, "the kind has its own");
		}
		return switch (kind) {
			case SLIP -> Framings.escaped(Escapes.SLIP);
			case HDLC -> Framings.escaped(Escapes.HDLC);
			case DLE -> Framings.dle();
			case COBS -> Framings.cobs();
		};
	}

	private Escapes escapes() {
		if (this.options.getFlag() == null && this.options.getMap().isEmpty()) {
			throw invalid("kind", null, "slip, hdlc, dle or cobs, unless there are flag, escape and map");
		}
		Map<Byte, Byte> map = new HashMap<>();
		this.options.getMap().forEach((original, replacement) -> {
			Matcher matcher = BYTE.matcher(original);
			if (!matcher.matches()) {
				throw invalid("map", this.options.getMap(), "of two hexadecimal digits and a byte, as in 7E: '\\x5E'");
			}
			map.put((byte) Integer.parseInt(matcher.group(1), 16),
					WireTexts.one(this.entry, OPTIONS + "map." + original, replacement));
		});
		byte flag = WireTexts.one(this.entry, OPTIONS + "flag", this.options.getFlag());
		byte escape = WireTexts.one(this.entry, OPTIONS + "escape", this.options.getEscape());
		try {
			return new Escapes("escaped", flag, escape, map);
		}
		catch (IllegalArgumentException ex) {
			throw invalid("map", this.options.getMap(), "possible: " + ex.getMessage());
		}
	}

	private void refuse(String key, String reason) {
		this.entry.refuse(OPTIONS + key, reason);
	}

	private InvalidSettingException invalid(String key, @Nullable Object value, String allowed) {
		return this.entry.invalid(OPTIONS + key, value, allowed);
	}

}
