package dev.sockets.autoconfigure.properties;

import org.jspecify.annotations.Nullable;

/**
 * Details of the framings that need them.
 */
public class FramingOptionsProperties {

	/**
	 * Bytes that end a frame of the delimiter framing: UTF-8 text with the escapes \n,
	 * \r, \t, \0, \xNN and \\.
	 */
	private @Nullable String delimiter;

	/**
	 * Bytes of each frame of the fixed framing.
	 */
	private @Nullable Integer size;

	/**
	 * Bytes of the header of a length framing: 1, 2, 3, 4 or 8. By default as its name
	 * says.
	 */
	private @Nullable Integer headerSize;

	/**
	 * Order of the bytes in the header of a length framing.
	 */
	private HeaderByteOrder byteOrder = HeaderByteOrder.BIG_ENDIAN;

	/**
	 * Whether the length in the header of a length framing counts the header too.
	 */
	private boolean headerIncluded = false;

	public @Nullable String getDelimiter() {
		return this.delimiter;
	}

	public void setDelimiter(@Nullable String delimiter) {
		this.delimiter = delimiter;
	}

	public @Nullable Integer getSize() {
		return this.size;
	}

	public void setSize(@Nullable Integer size) {
		this.size = size;
	}

	public @Nullable Integer getHeaderSize() {
		return this.headerSize;
	}

	public void setHeaderSize(@Nullable Integer headerSize) {
		this.headerSize = headerSize;
	}

	public HeaderByteOrder getByteOrder() {
		return this.byteOrder;
	}

	public void setByteOrder(HeaderByteOrder byteOrder) {
		this.byteOrder = byteOrder;
	}

	public boolean isHeaderIncluded() {
		return this.headerIncluded;
	}

	public void setHeaderIncluded(boolean headerIncluded) {
		this.headerIncluded = headerIncluded;
	}

}
