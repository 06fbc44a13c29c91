package dev.sockets.runtime.proxy;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.runtime.proxy.ProxyHeaderReader.Progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Headers of the PROXY protocol, among them those of its specification, cut at each byte.
 */
@Timeout(120)
class ProxyHeaderReaderTests {

	private static final byte[] DATA = ProxyHeaders.text("GET / HTTP/1.1\r\n");

	@ParameterizedTest
	@MethodSource("headers")
	void whenAHeaderIsCutAnywhereThenItsSourceIsKnownAndNotAByteMoreIsTaken(byte[] header, String source)
			throws Exception {
		for (int cut = 0; cut <= header.length; cut++) {
			ProxyHeaderReader reader = new ProxyHeaderReader();
			ByteBuffer bytes = ByteBuffer.wrap(concat(header, DATA));
			bytes.limit(cut);
			Progress first = (cut > 0) ? reader.take(bytes) : Progress.MORE;
			assertThat(first).as("cut at %d", cut).isEqualTo((cut < header.length) ? Progress.MORE : Progress.HEADER);
			bytes.limit(header.length + DATA.length);
			if (first == Progress.MORE) {
				assertThat(reader.take(bytes)).isEqualTo(Progress.HEADER);
			}
			assertThat(bytes.remaining()).isEqualTo(DATA.length);
			assertThat(text(reader.source())).isEqualTo(source);
			assertThat(reader.hasBegun()).isTrue();
		}
	}

	@ParameterizedTest
	@MethodSource("headers")
	void whenAHeaderComesByteByByteThenItIsTheSame(byte[] header, String source) throws Exception {
		ProxyHeaderReader reader = new ProxyHeaderReader();
		for (int i = 0; i < header.length; i++) {
			Progress progress = reader.take(ByteBuffer.wrap(header, i, 1));
			assertThat(progress).isEqualTo((i < header.length - 1) ? Progress.MORE : Progress.HEADER);
		}
		assertThat(text(reader.source())).isEqualTo(source);
	}

	private static Stream<Arguments> headers() {
		byte[] ipv4 = ProxyHeaders.addresses("192.0.2.1", 56324);
		byte[] ipv6 = ProxyHeaders.addresses("2001:db8::7", 65535);
		return Stream.of(
				Arguments.of(ProxyHeaders.text("PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\n"),
						"255.255.255.255:65535"),
				Arguments.of(ProxyHeaders.text("PROXY TCP4 192.168.0.1 192.168.0.11 56324 443\r\n"),
						"192.168.0.1:56324"),
				Arguments.of(
						ProxyHeaders.text("PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff "
								+ "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535\r\n"),
						"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff:65535"),
				Arguments.of(ProxyHeaders.text("PROXY TCP6 ::1 ::1 0 1\r\n"), "0:0:0:0:0:0:0:1:0"),
				Arguments.of(ProxyHeaders.text("PROXY TCP6 ::ffff:192.0.2.1 ::ffff:192.0.2.2 5 6\r\n"), "192.0.2.1:5"),
				Arguments.of(ProxyHeaders.text("PROXY UNKNOWN\r\n"), "none"),
				Arguments.of(ProxyHeaders.text("PROXY UNKNOWN ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff "
						+ "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535\r\n"), "none"),
				Arguments.of(ProxyHeaders.binary(0x21, 0x11, ipv4), "192.0.2.1:56324"),
				Arguments.of(ProxyHeaders.binary(0x21, 0x21, ipv6), "2001:db8:0:0:0:0:0:7:65535"),
				Arguments.of(
						ProxyHeaders.binary(0x21, 0x11,
								ProxyHeaders.addresses("192.0.2.1", 1, (byte) 0x03, (byte) 0, (byte) 1, (byte) 0x1b)),
						"192.0.2.1:1"),
				Arguments.of(ProxyHeaders.binary(0x20, 0x00, new byte[0]), "none"),
				Arguments.of(ProxyHeaders.binary(0x20, 0x11, ipv4), "none"),
				Arguments.of(ProxyHeaders.binary(0x20, 0xff, new byte[7]), "none"),
				Arguments.of(ProxyHeaders.binary(0x21, 0x00, new byte[5]), "none"),
				Arguments.of(ProxyHeaders.binary(0x21, 0x12, ipv4), "none"),
				Arguments.of(ProxyHeaders.binary(0x21, 0x31, new byte[216]), "none"));
	}

	@Test
	void whenAHeaderIsAsLongAsItCanBeThenWhatIsOfNoInterestIsSkipped() throws Exception {
		byte[] header = ProxyHeaders.binary(0x21, 0x11, ProxyHeaders.addresses("192.0.2.1", 7, new byte[65535 - 12]));
		ProxyHeaderReader reader = new ProxyHeaderReader();
		ByteBuffer bytes = ByteBuffer.wrap(header);
		for (int end = 1000; end < header.length; end += 1000) {
			assertThat(reader.take(bytes.limit(end))).isEqualTo(Progress.MORE);
		}
		assertThat(reader.take(bytes.limit(header.length))).isEqualTo(Progress.HEADER);
		assertThat(text(reader.source())).isEqualTo("192.0.2.1:7");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PROXY \r\n", "PROXY TCP4\r\n", "PROXY TCP4 1.2.3.4 1.2.3.4 1\r\n",
			"PROXY TCP4 1.2.3.4 1.2.3.4 1 2 3\r\n", "PROXY TCP4  1.2.3.4 1.2.3.4 1 2\r\n",
			"PROXY TCP4 1.2.3.4 1.2.3.4 1 2 \r\n", "PROXY TCP4 ::1 ::1 1 2\r\n", "PROXY TCP6 1.2.3.4 1.2.3.4 1 2\r\n",
			"PROXY TCP4 1.2.3.04 1.2.3.4 1 2\r\n", "PROXY TCP4 localhost 1.2.3.4 1 2\r\n",
			"PROXY TCP4 1.2.3.4 1.2.3.4 65536 2\r\n", "PROXY TCP4 1.2.3.4 1.2.3.4 01 2\r\n",
			"PROXY TCP4 1.2.3.4 1.2.3.4 -1 2\r\n", "PROXY TCP4 1.2.3.4 1.2.3.4 1 2\n", "PROXY TCP4 1.2.3.4\n",
			"PROXY tcp4 1.2.3.4 1.2.3.4 1 2\r\n", "PROXY UDP4 1.2.3.4 1.2.3.4 1 2\r\n", "PROXY UNKNOWN\n",
			"PROXY TCP6 fe80::1%eth0 ::1 1 2\r\n", "PROXY TCP4 1.2.3.4 1.2.3.4 1 2\u001b[31m\r\n" })
	void whenALineIsMalformedThenItIsRefusedAndNotQuoted(String line) {
		assertThatExceptionOfType(ProxyHeaderException.class)
			.isThrownBy(() -> new ProxyHeaderReader().take(ByteBuffer.wrap(ProxyHeaders.text(line))))
			.withMessageMatching("[A-Za-z0-9 ,]+");
	}

	@Test
	void whenALineDoesNotEndThenItIsRefusedAfter107Bytes() throws Exception {
		ProxyHeaderReader reader = new ProxyHeaderReader();
		assertThat(reader.take(ByteBuffer.wrap(ProxyHeaders.text("PROXY UNKNOWN " + "x".repeat(92)))))
			.isEqualTo(Progress.MORE);
		ByteBuffer more = ByteBuffer.wrap(ProxyHeaders.text("x".repeat(1000)));
		assertThatExceptionOfType(ProxyHeaderException.class).isThrownBy(() -> reader.take(more));
		assertThat(more.remaining()).isEqualTo(999);
	}

	@ParameterizedTest
	@ValueSource(strings = { "2211", "2f11", "1111", "3111", "0111", "2110", "2113", "2141", "21ff", "2101" })
	void whenABinaryHeaderIsOfNoKnownKindThenItIsRefused(String kind) {
		int both = Integer.parseInt(kind, 16);
		byte[] header = ProxyHeaders.binary(both >> 8, both & 0xff, ProxyHeaders.addresses("::1", 1));
		assertThatExceptionOfType(ProxyHeaderException.class)
			.isThrownBy(() -> new ProxyHeaderReader().take(ByteBuffer.wrap(header)));
	}

	@Test
	void whenABinaryHeaderIsTooShortForItsAddressesThenItIsRefused() {
		for (int family : List.of(0x11, 0x21)) {
			byte[] header = ProxyHeaders.binary(0x21, family, new byte[11]);
			assertThatExceptionOfType(ProxyHeaderException.class)
				.isThrownBy(() -> new ProxyHeaderReader().take(ByteBuffer.wrap(header)));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET / HTTP/1.1", "P", "PING", "PROXYTCP4", "proxy TCP4", "\r\n", "\r\n\r\nhello",
			"\u0000", "\u00ff", " PROXY TCP4" })
	void whenItCannotBeAHeaderThenThatIsKnownAtItsFirstWrongByteAndNothingIsLost(String text) throws Exception {
		byte[] bytes = ProxyHeaders.text(text);
		ProxyHeaderReader reader = new ProxyHeaderReader();
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		Progress progress = reader.take(buffer);
		boolean mayStillBe = "PROXY ".startsWith(text)
				|| new String(ProxyHeaders.SIGNATURE, StandardCharsets.ISO_8859_1).startsWith(text);
		assertThat(progress).isEqualTo(mayStillBe ? Progress.MORE : Progress.NONE);
		assertThat(reader.hasBegun()).isFalse();
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		all.write(reader.taken().array(), 0, reader.taken().remaining());
		all.write(bytes, buffer.position(), buffer.remaining());
		assertThat(all.toByteArray()).isEqualTo(bytes);
	}

	/**
	 * F8 for headers: whatever comes, it ends well, and however it is cut it is the same.
	 */
	@Test
	void whenAnythingComesForSecondsThenItIsAHeaderNoneOrMalformed() {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		List<byte[]> good = headers().map((arguments) -> (byte[]) arguments.get()[0]).toList();
		long end = System.nanoTime() + 3_000_000_000L;
		int count = 0;
		while (count <= 100 || System.nanoTime() - end < 0) {
			byte[] bytes = mutated(good.get(random.nextInt(good.size())), random);
			String whole = outcome(bytes, bytes.length);
			assertThat(outcome(bytes, 1 + random.nextInt(20))).as("seed %d, case %d", seed, count).isEqualTo(whole);
			count++;
		}
	}

	private static byte[] mutated(byte[] header, Random random) {
		byte[] bytes = concat(header, DATA);
		int kind = random.nextInt(10);
		if (kind == 0) {
			random.nextBytes(bytes);
			return bytes;
		}
		for (int i = 0; i < kind; i++) {
			bytes[random.nextInt(Math.min(bytes.length, 60))] = (byte) random.nextInt(256);
		}
		return Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
	}

	private static String outcome(byte[] bytes, int step) {
		ProxyHeaderReader reader = new ProxyHeaderReader();
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		try {
			Progress progress = Progress.MORE;
			while (progress == Progress.MORE && buffer.limit() > buffer.position()) {
				buffer.limit(Math.min(bytes.length, buffer.position() + step));
				progress = reader.take(buffer);
				int position = buffer.position();
				buffer.limit(bytes.length).position(position);
			}
			return progress + " " + buffer.position() + " " + text(reader.source());
		}
		catch (ProxyHeaderException ex) {
			return ex.getMessage() + " " + buffer.position();
		}
	}

	private static String text(InetSocketAddress source) {
		return (source != null) ? source.getAddress().getHostAddress() + ":" + source.getPort() : "none";
	}

	private static byte[] concat(byte[] one, byte[] other) {
		ByteArrayOutputStream both = new ByteArrayOutputStream();
		both.writeBytes(one);
		both.writeBytes(other);
		return both.toByteArray();
	}

}
