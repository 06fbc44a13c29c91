package dev.sockets.autoconfigure.properties;

import org.jspecify.annotations.Nullable;

import dev.sockets.framing.ChecksumEncoding;
import dev.sockets.framing.ChecksumKind;

/**
 * The checksum of frames.
 */
public class ChecksumProperties {

	/**
	 * Way the checksum of each frame is computed. Without it there is none.
	 */
	private @Nullable ChecksumKind kind;

	/**
	 * Index of the first byte that the checksum covers; negative ones count from the end
	 * of the frame. By default the first one of the frame, or that behind its mark.
	 */
	private @Nullable Integer from;

	/**
	 * Index after the last byte that the checksum covers; negative ones count from the
	 * end of the frame. By default all up to the checksum.
	 */
	private @Nullable Integer to;

	/**
	 * Place of the checksum: 'end' of the frame, 'after-end' of a frame with marks, or
	 * the index of its first byte, where it is a part of the message.
	 */
	private String place = "end";

	/**
	 * Way the checksum is written. By default decimal for mod10; for others hex where the
	 * framing finds the end of a frame by bytes that it looks for, and raw elsewhere.
	 */
	private @Nullable ChecksumEncoding encoding;

	/**
	 * Order of the bytes of the checksum. By default that of its standard.
	 */
	private @Nullable HeaderByteOrder byteOrder;

	/**
	 * Bytes between what is covered and the checksum at the end; no part of the message.
	 */
	private @Nullable String separator;

	public @Nullable ChecksumKind getKind() {
		return this.kind;
	}

	public void setKind(@Nullable ChecksumKind kind) {
		this.kind = kind;
	}

	public @Nullable Integer getFrom() {
		return this.from;
	}

	public void setFrom(@Nullable Integer from) {
		this.from = from;
	}

	public @Nullable Integer getTo() {
		return this.to;
	}

	public void setTo(@Nullable Integer to) {
		this.to = to;
	}

	public String getPlace() {
		return this.place;
	}

	public void setPlace(String place) {
		this.place = place;
	}

	public @Nullable ChecksumEncoding getEncoding() {
		return this.encoding;
	}

	public void setEncoding(@Nullable ChecksumEncoding encoding) {
		this.encoding = encoding;
	}

	public @Nullable HeaderByteOrder getByteOrder() {
		return this.byteOrder;
	}

	public void setByteOrder(@Nullable HeaderByteOrder byteOrder) {
		this.byteOrder = byteOrder;
	}

	public @Nullable String getSeparator() {
		return this.separator;
	}

	public void setSeparator(@Nullable String separator) {
		this.separator = separator;
	}

}
