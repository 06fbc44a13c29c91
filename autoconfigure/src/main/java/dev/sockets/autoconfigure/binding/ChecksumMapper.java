package dev.sockets.autoconfigure.binding;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.sockets.InvalidSettingException;
import dev.sockets.autoconfigure.properties.ChecksumProperties;
import dev.sockets.autoconfigure.properties.HeaderByteOrder;
import dev.sockets.autoconfigure.properties.TcpConnectionProperties;
import dev.sockets.framing.ChecksumEncoding;
import dev.sockets.framing.ChecksumKind;
import dev.sockets.framing.ChecksumRule;
import dev.sockets.framing.FrameMarks;
import dev.sockets.framing.Framing;
import dev.sockets.framing.Framings;

/**
 * Maps {@code checksum.*}.
 */
final class ChecksumMapper {

	private static final Set<String> KEYS = PropertyNames.of(ChecksumProperties.class);

	private static final String END = "end";

	private static final String AFTER_END = "after-end";

	private ChecksumMapper() {
	}

	/**
	 * Returns a framing with the checksum of an entry's frames.
	 * @param framing the framing without it
	 * @return the framing itself when there is none
	 */
	static Framing checked(BoundEntry<? extends TcpConnectionProperties> entry, Framing framing) {
		return map(entry, framing, false)
			.map((rule) -> possible(entry, rule, (checksum) -> Framings.checked(framing, checksum)))
			.orElse(framing);
	}

	/**
	 * Returns a framing with marks, and with the checksum of an entry's frames.
	 * @param framing the framing without it
	 * @param marks its marks
	 * @return the framing itself when there is none
	 */
	static Framing checked(BoundEntry<? extends TcpConnectionProperties> entry, Framing framing, FrameMarks marks) {
		return map(entry, framing, true).map((rule) -> possible(entry, rule, (checksum) -> checksum.behindEnd()
				? Framings.marked(marks, checksum) : Framings.checked(framing, checksum)))
			.orElse(framing);
	}

	private static Framing possible(BoundEntry<? extends TcpConnectionProperties> entry, ChecksumRule rule,
			Function<ChecksumRule, Framing> checked) {
		try {
			return checked.apply(rule);
		}
		catch (InvalidSettingException ex) {
			throw entry.invalid(ex.getProperty(), ex.getValue(), ex.getAllowed());
		}
	}

	private static Optional<ChecksumRule> map(BoundEntry<? extends TcpConnectionProperties> entry, Framing framing,
			boolean marked) {
		ChecksumProperties checksum = entry.properties().getChecksum();
		ChecksumKind kind = checksum.getKind();
		if (kind == null) {
			KEYS.stream()
				.filter((key) -> !key.equals("kind"))
				.forEach((key) -> entry.refuse("checksum." + key, "there is no checksum without checksum.kind"));
			return Optional.empty();
		}
		String where = checksum.getPlace().toLowerCase(Locale.ROOT).replace('_', '-');
		boolean behindEnd = where.equals(AFTER_END);
		if (behindEnd && !marked) {
			throw entry.invalid("checksum.place", AFTER_END,
					"something else: only the framings 'marked' and 'stx-etx' have a mark at the end");
		}
		Integer place = place(entry, where);
		if (behindEnd || place != null) {
			entry.refuse("checksum.separator", "it is only for a checksum at the end of a frame");
		}
		if (kind.size() == 1) {
			entry.refuse("checksum.byte-order", "a checksum of one byte has no order");
		}
		HeaderByteOrder order = checksum.getByteOrder();
		return Optional.of(new ChecksumRule(kind, encoding(entry, kind, behindEnd ? null : framing),
				(order != null) ? order.order() : ChecksumRule.orderOf(kind), checksum.getFrom(), checksum.getTo(),
				place, behindEnd, separator(entry, behindEnd || place != null)));
	}

	/**
	 * Returns how it is written.
	 * @param framing in whose frames it is; {@code null} when it is behind them
	 */
	private static ChecksumEncoding encoding(BoundEntry<? extends TcpConnectionProperties> entry, ChecksumKind kind,
			@Nullable Framing framing) {
		ChecksumEncoding encoding = entry.properties().getChecksum().getEncoding();
		if (encoding != null) {
			return encoding;
		}
		return (framing == null) ? ChecksumRule.of(kind).encoding() : ChecksumRule.encodingIn(framing, kind)
			.orElseThrow(() -> entry.invalid("checksum.encoding", null, "raw or hex with a framing of the application: "
					+ "only hex is safe where it looks for bytes that end a message"));
	}

	private static @Nullable Integer place(BoundEntry<? extends TcpConnectionProperties> entry, String place) {
		if (place.equals(END) || place.equals(AFTER_END)) {
			return null;
		}
		try {
			return Integer.valueOf(place);
		}
		catch (NumberFormatException ex) {
			throw entry.invalid("checksum.place", place,
					"end, after-end, or the index of its first byte, negative from the end of the frame");
		}
	}

	private static byte[] separator(BoundEntry<? extends TcpConnectionProperties> entry, boolean none) {
		String separator = entry.properties().getChecksum().getSeparator();
		return (separator == null || none) ? new byte[0] : WireTexts.bytes(entry, "checksum.separator", separator);
	}

}
