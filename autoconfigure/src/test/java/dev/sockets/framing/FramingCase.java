package dev.sockets.framing;

import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.integration.ip.tcp.serializer.ByteArrayCrLfSerializer;
import org.springframework.integration.ip.tcp.serializer.ByteArrayLengthHeaderSerializer;
import org.springframework.integration.ip.tcp.serializer.ByteArrayStxEtxSerializer;

/**
 * A framing and payloads it can carry, of which the longest has {@link #LIMIT} bytes
 * where the framing has no length of its own.
 *
 * @param framing the framing
 * @param payloads what is sent
 */
record FramingCase(Framing framing, List<byte[]> payloads) {

	static final int LIMIT = 12;

	private static final byte[] LONGEST = TestBytes.repeat('x', LIMIT);

	private static final byte[] BINARY = TestBytes.of(0x80, 0xFF, 0x7F, 0x0D, 0x04, 0xFE);

	static Stream<FramingCase> all() {
		return Stream
			.of(terminated(), lengths(), serializers(),
					Stream.of(fixed(), json(), pickle(), of(Framings.hex8(), "\0\1", "ä")))
			.flatMap((cases) -> cases);
	}

	static Stream<FramingCase> terminated() {
		return Stream.of(of(Framings.line(), "a\rb", "\r\r.", "", "ä"),
				of(Framings.crlf(), "a\rb\nc", "\n\r", "\r", ""), of(Framings.nul(), "\r\n", "", "ä"),
				of(Framings.stxEtx(), "\r\n", "", "ä"), of(Framings.delimiter(TestBytes.of("||")), "a|b", "", "|a"),
				of(Framings.delimiter(TestBytes.of("abab")), "aba_ba", "", "ba"),
				of(Framings.delimiter(TestBytes.of("\0")), "", "ä"));
	}

	static Stream<FramingCase> lengths() {
		return Stream.of(1, 2, 3, 4, 8)
			.flatMap((size) -> Stream.of(Framings.lengthPrefixed(size, ByteOrder.BIG_ENDIAN, false),
					Framings.lengthPrefixed(size, ByteOrder.LITTLE_ENDIAN, false),
					Framings.lengthPrefixed(size, ByteOrder.BIG_ENDIAN, true)))
			.map((framing) -> of(framing, "", "\0\1\2\3", "ä"));
	}

	static Stream<FramingCase> serializers() {
		ByteArrayLengthHeaderSerializer length = new ByteArrayLengthHeaderSerializer();
		ByteArrayStxEtxSerializer stxEtx = new ByteArrayStxEtxSerializer();
		ByteArrayCrLfSerializer crlf = new ByteArrayCrLfSerializer();
		crlf.setPoolSize(1);
		HexSerializer hex = new HexSerializer();
		return Stream.of(of(Framings.ofSerializer(length, length), "", "\0\1\2\3", "ä"),
				of(Framings.ofSerializer(stxEtx, stxEtx), "\r\n", "", "ä"),
				of(Framings.ofSerializer(crlf, crlf), "a\rb\nc", "\n", ""),
				of(Framings.ofSerializer(hex, hex), "", "\0\1\2\3", "ä"));
	}

	private static FramingCase fixed() {
		return new FramingCase(Framings.fixed(6),
				List.of(TestBytes.of("123456"), BINARY, TestBytes.of("\0\0\0\0\0\0")));
	}

	private static FramingCase json() {
		return new FramingCase(Framings.jsonStream(),
				Stream
					.of("{}", "[]", "{\"a\":\"}{\"}", "[[[{},[ ]]]]", "[\"\\\"]\",\"\\\\\"]", "[\"ä\u0080\u00FF\"]",
							"{\r\n\t }")
					.map(TestBytes::of)
					.toList());
	}

	private static FramingCase pickle() {
		return new FramingCase(Framings.pickleStream(),
				Stream
					.of("N.", ".", "\u0080\2K..", "U\3..\n.", "cos\nf\n)R.", "I1\nF.\n\u0086.", "T\3\0\0\0....",
							"\u008e\2\0\0\0\0\0\0\0...", "G.........", "V.\u00E4\n(l.")
					.map(TestBytes::of)
					.toList());
	}

	private static FramingCase of(Framing framing, String... payloads) {
		return new FramingCase(framing,
				Stream.concat(Stream.of(payloads).map(TestBytes::of), Stream.of(LONGEST, BINARY)).toList());
	}

	byte[] stream() {
		return TestBytes.encode(this.framing, this.payloads.toArray(byte[][]::new));
	}

	TestConnection connection() {
		return new TestConnection(this.framing, LIMIT);
	}

	@Override
	public String toString() {
		return this.framing.toString();
	}

}
