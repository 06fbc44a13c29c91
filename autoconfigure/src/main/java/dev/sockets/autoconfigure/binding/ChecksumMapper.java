package dev.sockets.autoconfigure.binding;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.sockets.autoconfigure.properties.ChecksumProperties;
import dev.sockets.autoconfigure.properties.HeaderByteOrder;
import dev.sockets.autoconfigure.properties.TcpConnectionProperties;
import dev.sockets.framing.ChecksumKind;
import dev.sockets.framing.ChecksumRule;

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
	 * Returns the checksum of an entry's frames.
	 * @param marked whether they have a mark at their end
	 * @return nothing when they have no checksum
	 */
	static Optional<ChecksumRule> map(BoundEntry<? extends TcpConnectionProperties> entry, boolean marked) {
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
		ChecksumRule simple = ChecksumRule.of(kind);
		HeaderByteOrder order = checksum.getByteOrder();
		return Optional.of(new ChecksumRule(kind, Objects.requireNonNullElse(checksum.getEncoding(), simple.encoding()),
				(order != null) ? order.order() : simple.order(), checksum.getFrom(), checksum.getTo(), place,
				behindEnd, separator(entry, behindEnd || place != null)));
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
