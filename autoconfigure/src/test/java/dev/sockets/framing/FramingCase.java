package dev.sockets.framing;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
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
			.of(terminated(), lengths(), headers(), several(), escaped(), checked(), serializers(),
					Stream.of(fixed(), json(), pickle(), of(Framings.hex8(), "\0\1", "ä")))
			.flatMap((cases) -> cases);
	}

	static Stream<FramingCase> terminated() {
		return Stream.of(of(Framings.line(), "a\rb", "\r\r.", "", "ä"),
				of(Framings.crlf(), "a\rb\nc", "\n\r", "\r", ""), of(Framings.nul(), "\r\n", "", "ä"),
				of(Framings.stxEtx(), "\r\n", "", "ä"), of(Framings.delimiter(TestBytes.of("||")), "a|b", "", "|a"),
				of(Framings.delimiter(TestBytes.of("abab")), "aba_ba", "", "ba"),
				of(Framings.delimiter(TestBytes.of("\0")), "", "ä"),
				of(Framings.delimiters(Delimiters.of(TestBytes.of("||"), TestBytes.of("a;"))), "a|b", "", "|a"),
				of(Framings.marked(new FrameMarks(List.of(TestBytes.of("<<")),
						List.of(TestBytes.of(">>"), TestBytes.of("\27")), true, false)), "", "a>b", "\r\n"),
				of(Framings.marked(FrameMarks.of(TestBytes.of("\13"), TestBytes.of("\34\r"))), "\34", "", "ä"));
	}

	static Stream<FramingCase> headers() {
		return Stream.of(of(header(4, HeaderFormat.ASCII, 0, 0, false), "", "0004", "ä"),
				of(header(2, HeaderFormat.BCD, 0, 0, true), "", "\0\1", "ä"),
				of(header(2, HeaderFormat.HEX, 0, 0, false), "", "FF", "ä"),
				of(header(2, HeaderFormat.BINARY, 0, -3, false), "", "\0\1", "ä"),
				kept(header(1, HeaderFormat.BINARY, 2, 0, false), "ab\0", "ab\3xyz", "ab\t123456789"),
				kept(header(2, HeaderFormat.BINARY, 1, 0, true), "a\0\3", "a\0\6xyz", "a\0\f123456789"),
				kept(header(2, HeaderFormat.ASCII, 1, 2, false), "a00cc", "a03xyzcc", "a071234567cc"));
	}

	private static Framing header(int size, HeaderFormat format, int offset, int adjustment, boolean included) {
		return Framings
			.length(new LengthHeader(size, format, ByteOrder.BIG_ENDIAN, offset, adjustment, included, offset == 0));
	}

	private static Stream<FramingCase> several() {
		return Stream.of(
				kept(Framings.delimiters(Delimiters.of(TestBytes.of("\r"), TestBytes.of("\n"), TestBytes.of("\r\n"))),
						"a", "", "ä", "123456789012"),
				kept(Framings.delimiters(Delimiters.of(TestBytes.of("\r\n"), TestBytes.of("\n"))), "a", "", "a\rb"),
				kept(Framings
					.delimiters(new Delimiters(List.of(TestBytes.of(";"), TestBytes.of("||")), true, false, false)),
						"a;", ";", "a|b||", "1234567890||"),
				kept(Framings.delimiters(
						new Delimiters(List.of(TestBytes.of(";"), TestBytes.of(",")), false, true, true)), "a", "ä"),
				kept(Framings.marked(new FrameMarks(List.of(TestBytes.of("$"), TestBytes.of("!")),
						List.of(TestBytes.of("\r\n")), true, true)), "$a\r\n", "!b\rc\r\n", "$123456789\r\n"),
				kept(Framings.delimiters(new Delimiters(List.of(TestBytes.of("\r\n"), TestBytes.of("\n")), false, false,
						false, List.of(TestBytes.of("$"), TestBytes.of("!!")))), "$a", "$", "!!b\rc", "$!e!",
						"$23456789012"),
				of(Framings.marked(new FrameMarks(List.of(TestBytes.of("<")), List.of(TestBytes.of(">>")), true, false,
						BeginInside.REJECT)), "", "a>b"),
				of(Framings.marked(new FrameMarks(List.of(TestBytes.of("\2")), List.of(TestBytes.of("\3")), true, false,
						BeginInside.KEEP)), "\2", "a\2b"),
				kept(Framings.ndjson(), "{}", "[1]", " {\"a\":2}"),
				of(Framings.scpi(), "*IDN?", "", "#14\n\r\n\r", "1,#12\r\r,'#9'", "#H1F,#01", "\"#16\"", "#10#11"),
				kept(Framings.octetCounting(), "<34>x", "\n", "123456789012"));
	}

	private static Stream<FramingCase> escaped() {
		Escapes jt808 = new Escapes("escaped", (byte) 0x7E, (byte) 0x7D,
				Map.of((byte) 0x7E, (byte) 2, (byte) 0x7D, (byte) 1));
		return Stream.of(of(Framings.escaped(Escapes.SLIP), "a", "\u00C0\u00DB", "\u00DC\u00DD\u00C0"),
				of(Framings.escaped(Escapes.HDLC), "}", "~~}}", "^]"),
				of(Framings.escaped(jt808), "0~\b}U", "~", "\1\2"),
				of(Framings.dle(), "\20", "", "\20\2\20\3", "\20\20a"),
				of(Framings.cobs(), "\0", "", "\0\0a\0", "a\0"));
	}

	private static Stream<FramingCase> checked() {
		return Stream.of(of(Framings.checked(Framings.crlf(), ChecksumRule.of(ChecksumKind.MOD10)), "12", "", "ä"),
				of(Framings.checked(Framings.lengthPrefixed(2, ByteOrder.BIG_ENDIAN, false),
						ChecksumRule.of(ChecksumKind.CRC16_MODBUS)), "\0\1", ""),
				of(Framings.checked(Framings.escaped(Escapes.HDLC), ChecksumRule.of(ChecksumKind.CRC16_X25)), "~", ""),
				of(Framings.checked(Framings.cobs(), ChecksumRule.of(ChecksumKind.CRC32)), "\0", ""),
				of(Framings.marked(FrameMarks.of(TestBytes.of("\2"), TestBytes.of("\3")),
						new ChecksumRule(ChecksumKind.XOR, ChecksumEncoding.RAW, ByteOrder.BIG_ENDIAN, null, null, null,
								true, new byte[0])),
						"a", "", "\r\n"),
				kept(Framings.checked(header(1, HeaderFormat.BINARY, 1, 0, false), new ChecksumRule(ChecksumKind.SUM8,
						ChecksumEncoding.RAW, ByteOrder.BIG_ENDIAN, 3, null, 2, false, new byte[0])), "a\3\303ab",
						"a\2aa"));
	}

	private static FramingCase kept(Framing framing, String... payloads) {
		return new FramingCase(framing, Stream.of(payloads).map(TestBytes::of).toList());
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
