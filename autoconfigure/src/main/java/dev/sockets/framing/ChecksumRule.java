package dev.sockets.framing;

import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Where a frame has its checksum, and of what. Indices count from the start of the frame
 * as it is on the wire, without what the framing drops; negative ones from its end.
 *
 * @param kind how it is computed
 * @param encoding how it is written
 * @param order order of its bytes, whatever the encoding
 * @param from index of the first byte that it covers; {@code null} for the first one of
 * the frame, or the one behind the mark that begins it
 * @param to index after the last byte that it covers; {@code null} for all up to the
 * checksum, or up to the end of the frame when it is in the midst of it
 * @param place index of its first byte; {@code null} for the end of the frame, where it
 * is taken off before the frame is decoded. Anywhere else it is a part of the payload,
 * and filled in when the payload is sent
 * @param behindEnd whether it comes behind the mark that ends the frame, which it covers
 * too
 * @param separator bytes between what it covers and the checksum at the end of the frame;
 * they are taken off too
 */
public record ChecksumRule(ChecksumKind kind, ChecksumEncoding encoding, ByteOrder order, @Nullable Integer from,
		@Nullable Integer to, @Nullable Integer place, boolean behindEnd, byte[] separator) {

	/**
	 * Checks the values.
	 */
	public ChecksumRule {
		Assert.isTrue(place == null || (!behindEnd && separator.length == 0),
				"A checksum in the midst of a frame has nothing before it, and does not come behind it");
		Assert.isTrue(!behindEnd || separator.length == 0, "Nothing is between the end of a frame and its checksum");
	}

	/**
	 * Returns a checksum of the whole frame, which is the last thing in it.
	 * @param kind how it is computed
	 * @return the checksum as bytes, but in decimal digits when it is a {@code MOD10}
	 */
	public static ChecksumRule of(ChecksumKind kind) {
		return of(kind, (kind == ChecksumKind.MOD10) ? ChecksumEncoding.DECIMAL : ChecksumEncoding.RAW);
	}

	/**
	 * Returns a checksum of the whole frame, which is the last thing in it.
	 * @param kind how it is computed
	 * @param encoding how it is written: not {@code RAW} where the framing finds the end
	 * of a frame by bytes that it looks for
	 * @return the checksum
	 */
	public static ChecksumRule of(ChecksumKind kind, ChecksumEncoding encoding) {
		return new ChecksumRule(kind, encoding, orderOf(kind), null, null, null, false, new byte[0]);
	}

	/**
	 * Returns how a checksum is written before the end of frames unless something else is
	 * said: as bytes, in hexadecimal digits where the framing finds the end of a frame by
	 * bytes that it looks for, and in decimal ones when it is a {@code MOD10}.
	 * @param framing tells the frames apart
	 * @param kind how it is computed
	 * @return the encoding; empty when nobody knows what the framing looks for, as it is
	 * one of the application
	 */
	public static Optional<ChecksumEncoding> encodingIn(Framing framing, ChecksumKind kind) {
		return Optional.ofNullable(ChecksumFit.usualEncoding(framing, kind));
	}

	/**
	 * Returns the order in which the bytes of a checksum are sent by its standard.
	 * @param kind the checksum
	 * @return the order
	 */
	public static ByteOrder orderOf(ChecksumKind kind) {
		return kind.isLowestFirst() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
	}

	/**
	 * Returns the name of a constant in the configuration.
	 */
	static String label(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	@Override
	public String toString() {
		return label(kind()) + ((encoding() != ChecksumEncoding.RAW) ? " " + label(encoding()) : "")
				+ ((order() != orderOf(kind())) ? " " + order() : "") + ((from() != null) ? " from " + from() : "")
				+ ((to() != null) ? " to " + to() : "") + ((place() != null) ? " at " + place() : "")
				+ (behindEnd() ? " behind the end" : "")
				+ ((separator().length > 0) ? " after " + HexFormat.ofDelimiter(" ").formatHex(separator()) : "");
	}

}
