package dev.sockets.loop.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.testkit.TestTls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * TLS over a connection in memory, whose bytes come and go in pieces of any size.
 */
@Timeout(120)
class TlsTransportTests {

	private static final int HEADER = 5;

	@ParameterizedTest
	@CsvSource({ "TLSv1.3, 1", "TLSv1.3, 2", "TLSv1.3, 3", "TLSv1.3, 5", "TLSv1.3, 7", "TLSv1.3, 100",
			"TLSv1.3, 1000000", "TLSv1.2, 1", "TLSv1.2, 2", "TLSv1.2, 3", "TLSv1.2, 5", "TLSv1.2, 7", "TLSv1.2, 100",
			"TLSv1.2, 1000000" })
	void whenBytesComeInPiecesThenTheyArriveWhole(String protocol, int chunk) throws IOException {
		try (TlsPair pair = new TlsPair(protocol)) {
			pair.clientSocket.chunk = chunk;
			pair.serverSocket.chunk = chunk;
			pair.shakeHands();
			byte[] bytes = bytes(40_000);
			assertThat(TlsPair.send(pair.client, pair.server, bytes, 64 * 1024)).isEqualTo(bytes);
			assertThat(TlsPair.send(pair.server, pair.client, bytes, 64 * 1024)).isEqualTo(bytes);
			assertThat(pair.client.session()).isNotNull();
			assertThat(pair.memory.used()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "TLSv1.2", "TLSv1.3" })
	void whenTlsBeginsOnDemandThenBytesArePlainBeforeAndThoseReadAlreadyAreItsFirst(String protocol)
			throws IOException {
		try (TlsPair pair = TlsPair.onDemand(protocol).shakeHands()) {
			byte[] bytes = bytes(40_000);
			assertThat(TlsPair.send(pair.client, pair.server, bytes, 1000)).isEqualTo(bytes);
			pair.client.write(ByteBuffer.wrap("plain".getBytes(StandardCharsets.US_ASCII)));
			assertThat(pair.clientSocket.take()).asString(StandardCharsets.US_ASCII).isEqualTo("plain");
			pair.client.upgrade(ByteBuffer.allocate(0));
			pair.client.prepare();
			byte[] hello = pair.clientSocket.take();
			pair.serverSocket.receive(Arrays.copyOfRange(hello, 100, hello.length));
			pair.server.upgrade(ByteBuffer.wrap(hello, 0, 100));
			pair.shakeHands();
			assertThat(TlsPair.send(pair.client, pair.server, bytes, 1000)).isEqualTo(bytes);
			assertThat(TlsPair.send(pair.server, pair.client, bytes, 1000)).isEqualTo(bytes);
			assertThat(pair.server.session()).isNotNull();
			assertThat(pair.memory.used()).isZero();
		}
	}

	@Test
	void whenTheSocketTakesRecordsJustAsTheOutputEndsThenTheEndIsSaidBehindThem() throws IOException {
		try (TlsPair pair = new TlsPair("TLSv1.3").shakeHands()) {
			pair.clientSocket.room = 10;
			pair.client.write(ByteBuffer.wrap(bytes(100)));
			pair.clientSocket.room = Integer.MAX_VALUE;
			pair.client.finishOutput();
			assertThat(TlsPair.readAll(pair.server, 1000)).isEqualTo(bytes(100));
			assertThat(pair.server.read(ByteBuffer.allocate(10))).isNegative();
			assertThat(pair.server.isTruncated()).isFalse();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "TLSv1.2", "TLSv1.3" })
	void whenTwoRecordsAreSplitAnywhereThenBothArrive(String protocol) throws IOException {
		for (int split = 0; split < 70; split++) {
			try (TlsPair pair = new TlsPair(protocol).shakeHands()) {
				pair.client.write(ByteBuffer.wrap("first".getBytes(StandardCharsets.US_ASCII)));
				pair.client.write(ByteBuffer.wrap("second".getBytes(StandardCharsets.US_ASCII)));
				byte[] records = pair.clientSocket.take();
				int at = Math.min(split, records.length);
				pair.serverSocket.receive(Arrays.copyOf(records, at));
				byte[] before = TlsPair.readAll(pair.server, 1000);
				pair.serverSocket.receive(Arrays.copyOfRange(records, at, records.length));
				byte[] after = TlsPair.readAll(pair.server, 1000);
				assertThat(new String(before, StandardCharsets.US_ASCII) + new String(after, StandardCharsets.US_ASCII))
					.isEqualTo("firstsecond");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 10, 100, 1000, 16_000 })
	void whenThereIsLittleRoomForWhatWasDecryptedThenTheRestIsKept(int room) throws IOException {
		try (TlsPair pair = new TlsPair("TLSv1.3").shakeHands()) {
			byte[] bytes = bytes(50_000);
			assertThat(TlsPair.send(pair.client, pair.server, bytes, room)).isEqualTo(bytes);
			assertThat(pair.memory.used()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 50, 1000, 20_000, 70_000 })
	void whenTheSocketTakesPartThenBytesCountAsTakenWhenTheirRecordsAre(int room) throws IOException {
		try (TlsPair pair = new TlsPair("TLSv1.3").shakeHands()) {
			TlsPair.readAll(pair.client, 1000);
			byte[] bytes = bytes(200_000);
			ByteBuffer left = ByteBuffer.wrap(bytes);
			byte[] received = new byte[0];
			while (received.length < bytes.length) {
				pair.clientSocket.room = room;
				int before = left.position();
				int count = pair.client.write(left);
				assertThat(left.position() - before).isEqualTo(count);
				assertThat(left.hasRemaining()).isEqualTo(pair.client.wantsToWrite());
				byte[] more = TlsPair.readAll(pair.server, 64 * 1024);
				received = Arrays.copyOf(received, received.length + more.length);
				System.arraycopy(more, 0, received, received.length - more.length, more.length);
			}
			pair.clientSocket.room = Integer.MAX_VALUE;
			pair.client.write(left);
			assertThat(left.hasRemaining()).isFalse();
			assertThat(received).isEqualTo(bytes);
			assertThat(pair.memory.used()).isZero();
		}
	}

	@Test
	void whenManyBuffersAreWrittenThenTheyAreOneRecordAndOneWrite() throws IOException {
		try (TlsPair pair = new TlsPair("TLSv1.3").shakeHands()) {
			ByteBuffer[] buffers = new ByteBuffer[64];
			for (int i = 0; i < buffers.length; i++) {
				buffers[i] = ByteBuffer.wrap(new byte[] { 9, (byte) i, 9 }, 1, 1);
			}
			int writes = pair.clientSocket.writes;
			assertThat(pair.client.write(buffers)).isEqualTo(64);
			assertThat(pair.clientSocket.writes - writes).isEqualTo(1);
			byte[] record = pair.clientSocket.take();
			assertThat(record.length).isEqualTo(HEADER + (record[3] & 0xff) * 256 + (record[4] & 0xff));
			pair.serverSocket.receive(record);
			assertThat(TlsPair.readAll(pair.server, 1000)).hasSize(64).startsWith(0, 1, 2).endsWith(62, 63);
		}
	}

	@Test
	void whenSeveralBuffersAreTakenInPartThenNoByteIsLost() throws IOException {
		for (int room = 0; room < 100; room++) {
			try (TlsPair pair = new TlsPair("TLSv1.3").shakeHands()) {
				ByteBuffer[] buffers = { ByteBuffer.wrap("--ab".getBytes(), 2, 2), ByteBuffer.allocate(0),
						ByteBuffer.wrap("c".getBytes()), ByteBuffer.wrap("-d".getBytes(), 1, 1),
						ByteBuffer.allocate(0) };
				pair.clientSocket.room = room;
				long count = pair.client.write(buffers);
				pair.clientSocket.room = Integer.MAX_VALUE;
				count += pair.client.write(buffers);
				assertThat(count).isEqualTo(4);
				assertThat(TlsPair.readAll(pair.server, 1000)).asString().isEqualTo("abcd");
			}
		}
	}

	@Test
	void whenThePeerSaysThatItEndsThenNothingIsMissingAndItCanStillBeSentTo() throws IOException {
		try (TlsPair pair = new TlsPair("TLSv1.3").shakeHands()) {
			pair.client.write(ByteBuffer.wrap("last".getBytes()));
			pair.client.finishOutput();
			assertThat(TlsPair.readAll(pair.server, 1000)).asString().isEqualTo("last");
			assertThat(pair.server.read(ByteBuffer.allocate(100))).isNegative();
			assertThat(pair.server.isTruncated()).isFalse();
			assertThat(pair.server.write(ByteBuffer.wrap("answer".getBytes()))).isEqualTo(6);
			assertThat(pair.serverSocket.sent).isNotEmpty();
		}
	}

	@Test
	void whenThePeerSaysThatItEndsByAnOlderVersionThenBothHaveEnded() throws IOException {
		try (TlsPair pair = new TlsPair("TLSv1.2").shakeHands()) {
			pair.client.finishOutput();
			assertThat(pair.server.read(ByteBuffer.allocate(100))).isNegative();
			assertThat(pair.server.isTruncated()).isFalse();
			assertThatExceptionOfType(ClosedChannelException.class)
				.isThrownBy(() -> pair.server.write(ByteBuffer.wrap("answer".getBytes())));
			pair.server.closeInOrder();
			TlsPair.readAll(pair.client, 100);
			assertThat(pair.client.read(ByteBuffer.allocate(100))).isNegative();
		}
	}

	@Test
	void whenTheSocketEndsAndThePeerHasNotSaidSoThenSomethingMayBeMissing() throws IOException {
		try (TlsPair pair = new TlsPair("TLSv1.3").shakeHands()) {
			pair.client.write(ByteBuffer.wrap("last".getBytes()));
			pair.clientSocket.finishOutput();
			assertThat(TlsPair.readAll(pair.server, 1000)).asString().isEqualTo("last");
			assertThat(pair.server.read(ByteBuffer.allocate(100))).isNegative();
			assertThat(pair.server.isTruncated()).isTrue();
		}
	}

	@Test
	void whenTheSocketIsFullThenTheEndIsSaidWhenItTakesBytesAgain() throws IOException {
		try (TlsPair pair = new TlsPair("TLSv1.3").shakeHands()) {
			pair.clientSocket.room = 3;
			pair.client.finishOutput();
			assertThat(pair.clientSocket.outputFinished).isFalse();
			assertThat(pair.client.wantsToWrite()).isTrue();
			pair.clientSocket.room = Integer.MAX_VALUE;
			assertThat(pair.client.read(ByteBuffer.allocate(100))).isZero();
			assertThat(pair.clientSocket.outputFinished).isTrue();
			assertThat(pair.client.wantsToWrite()).isFalse();
			TlsPair.readAll(pair.server, 1000);
			assertThat(pair.server.isTruncated()).isFalse();
		}
	}

	@Test
	void whenThePeerSpeaksPlainThenItIsSaidSo() throws IOException {
		try (TlsPair pair = new TlsPair("TLSv1.3")) {
			pair.serverSocket.receive("GET / HTTP/1.1\r\n".getBytes());
			assertThatExceptionOfType(TlsHandshakeException.class).isThrownBy(pair.server::prepare)
				.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(TlsHandshakeException.Reason.PLAIN));
		}
	}

	@Test
	void whenThePeerEndsWithinTheHandshakeThenItIsSaidSo() throws IOException {
		try (TlsPair pair = new TlsPair("TLSv1.3")) {
			pair.client.prepare();
			pair.server.prepare();
			pair.clientSocket.finishOutput();
			assertThatExceptionOfType(TlsHandshakeException.class).isThrownBy(pair.server::prepare)
				.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(TlsHandshakeException.Reason.ENDED));
			pair.server.close();
			pair.client.close();
			assertThat(pair.memory.used()).isZero();
		}
	}

	@Test
	void whenTheHandshakeTakesTooLongThenTheTickSaysSo() throws IOException {
		try (TlsPair pair = new TlsPair("TLSv1.3")) {
			pair.server.prepare();
			pair.server.tick(System.nanoTime());
			assertThatExceptionOfType(TlsHandshakeException.class)
				.isThrownBy(() -> pair.server.tick(System.nanoTime() + 200_000_000_000L))
				.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(TlsHandshakeException.Reason.LATE));
		}
	}

	@Test
	void whenTheServersHaveNoVersionInCommonThenTheClientIsTold() throws IOException {
		try (TlsPair pair = new TlsPair("TLSv1.3",
				(name) -> TlsPair.engine(TestTls.context("server"), "TLSv1.2", false), false)) {
			assertThatExceptionOfType(SSLException.class).isThrownBy(pair::shakeHands);
			pair.server.finishOutput();
			assertThatExceptionOfType(SSLException.class).isThrownBy(pair::shakeHands)
				.withMessageContaining("alert: protocol_version");
		}
	}

	@Test
	void whenThePeerSendsRecordsThatCarryNothingThenItEnds() throws IOException {
		try (TlsPair pair = new TlsPair("TLSv1.3").shakeHands()) {
			TlsPair.readAll(pair.client, 1000);
			SSLEngine engine = engineOf(pair.client);
			ByteBuffer record = ByteBuffer.allocate(20_000);
			assertThatExceptionOfType(SSLException.class).isThrownBy(() -> {
				for (int i = 0; i < 1000; i++) {
					engine.beginHandshake();
					engine.wrap(ByteBuffer.allocate(0), record.clear());
					pair.serverSocket.receive(Arrays.copyOf(record.array(), record.position()));
					assertThat(pair.server.read(ByteBuffer.allocate(1000))).isZero();
				}
			}).withMessageContaining("carry nothing");
			assertThat(pair.memory.used()).isZero();
		}
	}

	@Test
	void whenThePeerChangesItsKeysWithoutEndThenItEndsOrIsNotAnsweredWithoutEnd() throws IOException {
		try (TlsPair pair = new TlsPair("TLSv1.3").shakeHands()) {
			TlsPair.readAll(pair.client, 1000);
			SSLEngine engine = engineOf(pair.client);
			pair.serverSocket.room = 0;
			assertThatExceptionOfType(SSLException.class).isThrownBy(() -> {
				for (int i = 0; i < 10_000; i++) {
					engine.beginHandshake();
					pair.client.write(ByteBuffer.wrap(new byte[] { 1 }));
					pair.client.read(ByteBuffer.allocate(100));
					pair.server.read(ByteBuffer.allocate(1000));
				}
			});
			assertThat(pair.memory.used()).isLessThan(300_000);
		}
	}

	@Test
	void whenThePeerWantsToNegotiateAgainThenItEnds() throws IOException {
		try (TlsPair pair = new TlsPair("TLSv1.2").shakeHands()) {
			SSLEngine engine = engineOf(pair.client);
			engine.beginHandshake();
			ByteBuffer record = ByteBuffer.allocate(20_000);
			engine.wrap(ByteBuffer.allocate(0), record);
			pair.serverSocket.receive(Arrays.copyOf(record.array(), record.position()));
			assertThatExceptionOfType(SSLException.class).isThrownBy(() -> pair.server.read(ByteBuffer.allocate(1000)))
				.withMessageContaining("negotiate");
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void whenBytesOfRecordsAreChangedThenNothingBadComesThroughAndNothingIsKept(long seed) throws IOException {
		Random random = new Random(seed);
		for (int round = 0; round < 40; round++) {
			try (TlsPair pair = new TlsPair((round % 2 == 0) ? "TLSv1.3" : "TLSv1.2")) {
				int at = random.nextInt(6);
				byte[] bytes = bytes(300);
				try {
					for (int step = 0; step < 12; step++) {
						pair.client.prepare();
						if (step == at) {
							change(pair, random);
						}
						pair.server.prepare();
					}
					pair.client.write(ByteBuffer.wrap(bytes));
					change(pair, random);
					assertThat(TlsPair.readAll(pair.server, 1000).length).isIn(0, bytes.length);
				}
				catch (IOException ex) {
					assertThat(ex).isInstanceOf(IOException.class);
				}
				pair.server.close();
				pair.client.close();
				assertThat(pair.memory.used()).isZero();
			}
		}
	}

	private static void change(TlsPair pair, Random random) {
		byte[] sent = pair.clientSocket.take();
		if (sent.length > 0) {
			switch (random.nextInt(3)) {
				case 0 -> sent[random.nextInt(sent.length)] ^= (byte) (1 << random.nextInt(8));
				case 1 -> sent = Arrays.copyOf(sent, random.nextInt(sent.length));
				default -> random.nextBytes(sent);
			}
		}
		pair.serverSocket.receive(sent);
	}

	private static SSLEngine engineOf(TlsTransport transport) {
		SSLEngine engine = transport.engine();
		if (engine == null) {
			throw new IllegalStateException();
		}
		return engine;
	}

	private static byte[] bytes(int count) {
		byte[] bytes = new byte[count];
		new Random(count).nextBytes(bytes);
		return bytes;
	}

}
