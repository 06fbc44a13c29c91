package dev.sockets.runtime.tcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import dev.sockets.InvalidSettingException;
import dev.sockets.codec.Codecs;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.framing.Framing;
import dev.sockets.framing.Framings;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionHandshake;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.Heartbeat;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Lines first, and binary messages then.
 */
@Timeout(120)
class SwitchFramingTests {

	private static final Framing LENGTH = Framings.lengthPrefixed(2, ByteOrder.BIG_ENDIAN, false);

	/** Lines, the command, and three binary messages that look like lines in part. */
	private static final byte[] STREAM = join(text("one\nbinary\n"), frame("a\nb\n"), frame("\n"), frame("binary"));

	private static final byte[] ANSWERS = join(text("one\nOK\n"), frame("a\nb\n"), frame("\n"), frame("binary"));

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final Queue<String> received = new ConcurrentLinkedQueue<>();

	private final Queue<RuntimeException> thrown = new ConcurrentLinkedQueue<>();

	@ParameterizedTest
	@EnumSource
	void whenAllComesInOneSegmentThenWhatIsBehindTheCommandIsCutByTheNewFraming(Dispatch dispatch) throws IOException {
		TcpServer server = server(dispatch);
		try (Peer peer = new Peer(server)) {
			peer.sendRaw(STREAM);
			assertThat(peer.in().readNBytes(ANSWERS.length)).isEqualTo(ANSWERS);
		}
		assertThat(this.received).containsExactly("one", "binary", "a\nb\n", "\n", "binary");
	}

	@ParameterizedTest
	@EnumSource
	void whenTheStreamIsSplitAnywhereThenTheMessagesAreTheSame(Dispatch dispatch) throws IOException {
		TcpServer server = server(dispatch);
		for (int split = 1; split < STREAM.length; split++) {
			try (Peer peer = new Peer(server)) {
				peer.sendRaw(Arrays.copyOf(STREAM, split));
				peer.sendRaw(Arrays.copyOfRange(STREAM, split, STREAM.length));
				assertThat(peer.in().readNBytes(ANSWERS.length)).as("split at " + split).isEqualTo(ANSWERS);
			}
		}
	}

	@Test
	void whenTheListenerOfAConnectReturnsAsTheCommandComesThenWhatIsBehindItWaitsAllTheSame() throws IOException {
		Random random = new Random(7);
		this.endpoints.onEvent((event) -> {
			if (event instanceof ConnectedEvent) {
				long returns = System.nanoTime() + random.nextInt(200_000);
				while (System.nanoTime() - returns < 0) {
					Thread.onSpinWait();
				}
			}
		});
		TcpServer server = server(Dispatch.THREAD);
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
		for (int i = 0; i < 3_000 && System.nanoTime() - end < 0; i++) {
			try (Peer peer = new Peer(server)) {
				peer.sendRaw(join(text("binary\n"), frame("\n")));
				assertThat(peer.in().readNBytes(6)).isEqualTo(join(text("OK\n"), frame("\n")));
			}
		}
		assertThat(this.thrown).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "LOOP")
	void whenMessagesMayHaveBeenLookedForAheadThenItIsRefused(Dispatch dispatch) {
		this.endpoints.onMessage(this::answer);
		TcpServer server = this.endpoints.server((all) -> all.dispatch(dispatch));
		try (Peer peer = new Peer(server)) {
			assertThat(peer.ask("one")).isEqualTo("one");
			assertThat(peer.ask("binary")).isEqualTo("OK");
			assertThat(peer.ask("two")).isEqualTo("two");
		}
		assertThat(this.thrown).singleElement()
			.asString()
			.contains("IllegalStateException", "sockets.tcp.server.server.read-ahead=false");
	}

	@Test
	void whenAHandshakeSwitchesThenTheApplicationHasTheNewFramingFromItsFirstMessageAndForWhatHasWaited()
			throws IOException {
		this.endpoints.onMessage("client", (message) -> this.received.add((String) message.getPayload()));
		ConnectionHandshake login = (connection) -> connection.<String>requestAsync("LOGIN")
			.thenAccept((answer) -> connection.switchFraming(LENGTH, Codecs.text(StandardCharsets.UTF_8)));
		try (Backend backend = new Backend()) {
			TcpClient client = this.endpoints.newClient("client", backend.port(),
					(settings) -> settings.bufferWhenDisconnected(1000).connection((all) -> all.handshake(login)));
			client.start();
			CompletableFuture<Void> early = client.sendAsync("early");
			try (Peer peer = backend.accept()) {
				assertThat(peer.readLine()).isEqualTo("LOGIN");
				peer.sendRaw(join(text("OK\n"), frame("new\ns")));
				assertThat(peer.in().readNBytes(7)).isEqualTo(frame("early"));
				assertThat(early).succeedsWithin(TestEndpoints.SOON);
				Awaitility.await().atMost(TestEndpoints.SOON).until(() -> this.received.contains("new\ns"));
			}
		}
	}

	@Test
	void whenAServerSendsToAllThenEachGetsItInItsFraming() throws IOException {
		TcpServer server = server(Dispatch.AUTO);
		try (Peer lines = new Peer(server); Peer binary = new Peer(server)) {
			assertThat(lines.ask("one")).isEqualTo("one");
			assertThat(binary.ask("binary")).isEqualTo("OK");
			binary.sendRaw(frame("two"));
			assertThat(binary.in().readNBytes(5)).isEqualTo(frame("two"));
			assertThat(server.broadcast("all".getBytes(StandardCharsets.UTF_8))).isEqualTo(2);
			assertThat(lines.readLine()).isEqualTo("all");
			assertThat(binary.in().readNBytes(5)).isEqualTo(frame("all"));
		}
	}

	@Test
	void whenThereAreHeartbeatsThenTheyAreSentByTheNewFraming() throws IOException {
		this.endpoints.onMessage(this::answer);
		Heartbeat heartbeat = new Heartbeat(Duration.ofMillis(100), TestEndpoints.SOON, text("ping"));
		TcpServer server = this.endpoints.server((all) -> all.readAhead(false).heartbeat(heartbeat));
		try (Peer peer = new Peer(server)) {
			peer.send("binary");
			while (!peer.readLine().equals("OK")) {
				assertThat(this.thrown).isEmpty();
			}
			int first;
			while ((first = peer.in().read()) != 0) {
				assertThat((char) first + peer.readLine()).as("what may come before the switch").isEqualTo("ping");
			}
			assertThat(join(new byte[1], peer.in().readNBytes(5))).isEqualTo(frame("ping"));
			Connection connection = this.endpoints.onlyConnection(server);
			assertThatExceptionOfType(InvalidSettingException.class)
				.isThrownBy(() -> connection.switchFraming(Framings.fixed(2), Codecs.bytes()))
				.withMessageContaining("heartbeat.message");
		}
	}

	private TcpServer server(Dispatch dispatch) {
		this.endpoints.onMessage(this::answer);
		return this.endpoints.server((all) -> all.dispatch(dispatch).readAhead(dispatch == Dispatch.LOOP));
	}

	private void answer(MessageReceivedEvent<?> message) {
		boolean binary = message.getPayload() instanceof byte[];
		String payload = binary ? new String((byte[]) message.getPayload(), StandardCharsets.UTF_8)
				: (String) message.getPayload();
		this.received.add(payload);
		if (binary || !payload.equals("binary")) {
			message.reply(message.getPayload());
			return;
		}
		message.reply("OK");
		try {
			((Connection) message.getPeer()).switchFraming(LENGTH, Codecs.bytes());
		}
		catch (RuntimeException ex) {
			this.thrown.add(ex);
		}
	}

	private static byte[] text(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] frame(String payload) {
		return join(new byte[] { 0, (byte) payload.length() }, text(payload));
	}

	private static byte[] join(byte[]... parts) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		try {
			for (byte[] part : List.of(parts)) {
				all.write(part);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return all.toByteArray();
	}

}
