package dev.sockets.framing;

import java.util.Map;

import org.springframework.util.Assert;

/**
 * How frames are told apart that may contain any byte, by a byte between them which is
 * replaced within them.
 *
 * @param name what the framing is called
 * @param flag the byte that begins and ends frames
 * @param escape the byte that stands before a replacement
 * @param map which byte follows {@code escape} in place of which byte
 */
public record Escapes(String name, byte flag, byte escape, Map<Byte, Byte> map) {

	/** Serial line IP, RFC 1055. */
	public static final Escapes SLIP = new Escapes("slip", (byte) 0xC0, (byte) 0xDB,
			Map.of((byte) 0xC0, (byte) 0xDC, (byte) 0xDB, (byte) 0xDD));

	/**
	 * HDLC on asynchronous lines, RFC 1662: without the check sequence, which is a
	 * {@link ChecksumKind#CRC16_X25}.
	 */
	public static final Escapes HDLC = new Escapes("hdlc", (byte) 0x7E, (byte) 0x7D,
			Map.of((byte) 0x7E, (byte) 0x5E, (byte) 0x7D, (byte) 0x5D));

	/**
	 * Checks the values.
	 */
	public Escapes {
		map = Map.copyOf(map);
		Assert.isTrue(flag != escape, "The flag cannot be the escape");
		Assert.isTrue(map.containsKey(flag) && map.containsKey(escape),
				"The flag and the escape have to be replaced, or they could not be sent");
		Assert.isTrue(!map.containsValue(flag), "The flag cannot be a replacement");
		Assert.isTrue(map.values().stream().distinct().count() == map.size(), "Each replacement is for one byte only");
	}

}
