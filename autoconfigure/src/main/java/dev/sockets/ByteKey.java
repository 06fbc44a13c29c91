package dev.sockets;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * One byte at a fixed place of a message of bytes.
 *
 * @param offset how many bytes stand before it
 */
record ByteKey(int offset) implements RouteKey {

	ByteKey {
		if (offset < 0) {
			throw new IllegalArgumentException("No byte has " + offset + " others before it");
		}
	}

	@Override
	public @Nullable Object of(Object payload) {
		return (payload instanceof byte[] bytes && bytes.length > this.offset) ? (Object) bytes[this.offset] : null;
	}

	@Override
	public Object parse(String value) {
		boolean isHex = value.toLowerCase(Locale.ROOT).startsWith("0x");
		try {
			int number = isHex ? Integer.parseUnsignedInt(value.substring(2), 16) : Integer.parseInt(value);
			if (number >= 0 && number <= 0xFF) {
				return (byte) number;
			}
		}
		catch (NumberFormatException ex) {
			throw noByte(value, ex);
		}
		throw noByte(value, null);
	}

	private static IllegalArgumentException noByte(String value, @Nullable NumberFormatException cause) {
		return new IllegalArgumentException("'" + value + "' is no byte: give it as 0 to 255 or 0x00 to 0xFF", cause);
	}

	@Override
	public String toString() {
		return "byte:" + this.offset;
	}

}
