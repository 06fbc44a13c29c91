package dev.sockets.framing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HexFormat;

import org.springframework.core.serializer.Deserializer;
import org.springframework.core.serializer.Serializer;

/**
 * What a user may write: two hex digits of length, then the payload in hex digits.
 */
class HexSerializer implements Serializer<byte[]>, Deserializer<byte[]> {

	private static final HexFormat HEX = HexFormat.of();

	@Override
	public void serialize(byte[] payload, OutputStream output) throws IOException {
		output.write(TestBytes.of(HEX.toHexDigits((byte) payload.length)));
		output.write(TestBytes.of(HEX.formatHex(payload)));
	}

	@Override
	public byte[] deserialize(InputStream input) throws IOException {
		int length = decode(input.readNBytes(2))[0] & 0xFF;
		return decode(input.readNBytes(2 * length));
	}

	private static byte[] decode(byte[] digits) throws IOException {
		try {
			return HEX.parseHex(TestBytes.text(digits));
		}
		catch (IllegalArgumentException ex) {
			throw new IOException("not hex", ex);
		}
	}

}
