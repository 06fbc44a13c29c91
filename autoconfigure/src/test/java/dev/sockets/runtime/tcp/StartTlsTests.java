package dev.sockets.runtime.tcp;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

import javax.net.ssl.SSLSocket;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionHandshake;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TlsSettings;
import dev.sockets.tcp.TlsStart;
import dev.sockets.testkit.TestTls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * TLS that begins after a plain greeting.
 */
@Timeout(120)
class StartTlsTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final Queue<Object> received = new ConcurrentLinkedQueue<>();

	private final Queue<CompletableFuture<Void>> started = new ConcurrentLinkedQueue<>();

	@BeforeEach
	void serve() {
		this.endpoints.onMessage(this::answer);
	}

	private void answer(MessageReceivedEvent<?> message) {
		this.received.add(message.getPayload());
		if (message.getPayload().equals("STARTTLS")) {
			message.reply("go ahead");
			this.started.add(((Connection) message.getPeer()).startTls());
		}
		else {
			message.reply(message.getPayload());
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenAServerStartsTlsThenWhatComesBeforeIsPlainAndWhatComesAfterIsNot(Dispatch dispatch) {
		TcpServer server = server("server", dispatch);
		Socket raw = connect(server.getLocalAddress());
		try (Peer plain = new Peer(raw)) {
			assertThat(plain.ask("one")).isEqualTo("one");
			assertThat(plain.ask("STARTTLS")).isEqualTo("go ahead");
			Peer tls = new Peer(tls(raw));
			for (int i = 0; i < 100; i++) {
				assertThat(tls.ask("message " + i)).isEqualTo("message " + i);
			}
			assertThat(this.started.remove()).succeedsWithin(TestEndpoints.SOON);
			assertThat(this.endpoints.awaitEvents(ConnectedEvent.class, 1)).hasSize(1);
			this.endpoints.onlyConnection(server).close();
			assertThat(tls.readLine()).isNull();
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenAPeerDoesNotWaitToBeToldThenItsFirstRecordIsTheNextByte(Dispatch dispatch) throws IOException {
		TcpServer server = server("server", dispatch);
		EagerSocket raw = new EagerSocket(server.getLocalAddress(), "one\ntwo\nSTARTTLS\n", 3);
		try (Peer tls = new Peer(tls(raw))) {
			assertThat(tls.ask("three")).isEqualTo("three");
			assertThat(raw.lines).containsExactly("one", "two", "go ahead");
		}
		assertThat(this.received).containsExactly("one", "two", "STARTTLS", "three");
	}

	@ParameterizedTest
	@EnumSource
	void whenPlainBytesComeBehindTheCommandThenTheyAreNotTakenForWhatComesAfterIt(Dispatch dispatch) {
		TcpServer server = server("server", dispatch);
		try (Peer peer = new Peer(server)) {
			peer.send("one", "STARTTLS", "injected", "inje").readLine();
			assertThat(peer.readLine()).isEqualTo("go ahead");
			DisconnectedEvent end = this.endpoints.awaitEvent(DisconnectedEvent.class);
			assertThat(end.getReason()).isEqualTo(DisconnectReason.TLS);
			assertThat(end.getCause()).hasMessageContaining("it does not speak TLS");
		}
		assertThat(this.received).containsExactly("one", "STARTTLS");
		assertThat(failure(this.started.remove())).isEqualTo(SocketErrorCode.TLS_FAILED);
	}

	@ParameterizedTest
	@EnumSource
	void whenAClientStartsTlsThenItKnowsItsServer(Dispatch dispatch) {
		TcpServer server = server("server", dispatch);
		Connection connection = client(server, dispatch, null).connect();
		assertThat(connection.<String>request("STARTTLS")).isEqualTo("go ahead");
		assertThat(connection.getPrincipal()).isEmpty();
		CompletableFuture<Void> started = connection.startTls();
		assertThat(connection.<String>request("hello")).isEqualTo("hello");
		assertThat(started).isCompleted();
		assertThat(connection.startTls()).isCompleted();
		assertThat(connection.getPrincipal()).map(Principal::getName).contains("CN=server");
		String large = "x".repeat(60_000);
		assertThat(connection.<String>request(large)).isEqualTo(large);
	}

	@Test
	void whenAHandshakeStartsTlsThenNobodyKnowsOfTheConnectionBefore() {
		TcpServer server = server("server", Dispatch.AUTO);
		TcpClient client = client(server, Dispatch.AUTO, (connection) -> connection.<String>requestAsync("STARTTLS")
			.thenCompose((answer) -> connection.startTls()));
		Connection connection = client.connect();
		assertThat(connection.getPrincipal()).map(Principal::getName).contains("CN=server");
		assertThat(connection.<String>request("hello")).isEqualTo("hello");
	}

	@Test
	void whenTheCertificateIsForAnotherHostThenTheClientSaysSo() {
		TcpServer server = server("other", Dispatch.AUTO);
		Connection connection = client(server, Dispatch.AUTO, null).connect();
		connection.request("STARTTLS");
		CompletableFuture<Void> started = connection.startTls();
		assertThat(failure(started)).isEqualTo(SocketErrorCode.TLS_FAILED);
		assertThat(connection.closed()).succeedsWithin(TestEndpoints.SOON).isEqualTo(DisconnectReason.TLS);
		assertThat(this.endpoints.awaitEvents(DisconnectedEvent.class, 2))
			.allSatisfy((end) -> assertThat(end.getReason()).isEqualTo(DisconnectReason.TLS))
			.anySatisfy((end) -> assertThat(end.getCause()).hasMessageContaining("for another host"));
	}

	@Test
	void whenTheCertificateIsBadWithinAHandshakeThenTheClientIsNotConnected() {
		TcpServer server = server("other", Dispatch.AUTO);
		TcpClient client = client(server, Dispatch.AUTO, (connection) -> connection.<String>requestAsync("STARTTLS")
			.thenCompose((answer) -> connection.startTls()));
		assertThat(catchThrowableOfType(SocketOperationException.class, client::connect)).hasMessageContaining("TLS");
		assertThat(this.endpoints.events(ConnectedEvent.class))
			.noneMatch((event) -> event.getEndpoint().equals("client"));
	}

	@Test
	void whenAHandlerWaitsForTlsThenAnotherThreadShakesHands() {
		this.endpoints.onMessage((message) -> {
			Connection connection = (Connection) message.getPeer();
			if (message.getPayload().equals("STARTTLS")) {
				connection.send("go ahead");
				connection.startTls().join();
				connection.send("welcome");
			}
		});
		TcpServer server = server("server", Dispatch.AUTO);
		Socket raw = connect(server.getLocalAddress());
		try (Peer plain = new Peer(raw)) {
			assertThat(plain.ask("STARTTLS")).isEqualTo("go ahead");
			assertThat(new Peer(tls(raw)).send("hello").readLine()).isEqualTo("welcome");
		}
	}

	@Test
	void whenMuchWaitsToBeWrittenThenAllOfItLeavesBeforeTlsAndNothingOfWhatIsSentAfter() {
		List<CompletableFuture<Void>> sent = new ArrayList<>();
		this.endpoints.onMessage((message) -> {
			Connection connection = (Connection) message.getPeer();
			for (int i = 0; i < 500; i++) {
				sent.add(connection.sendAsync(i + "x".repeat(10_000)));
			}
			connection.startTls();
			sent.add(connection.sendAsync("encrypted"));
			connection.send("too");
		});
		TcpServer server = this.endpoints.server((all) -> all.maxPending(50_000_000).tls(tls("server").build()));
		Socket raw = connect(server.getLocalAddress());
		try (Peer plain = new Peer(raw)) {
			plain.send("begin");
			for (int i = 0; i < 500; i++) {
				assertThat(plain.readLine()).hasSizeBetween(10_001, 10_003).startsWith(i + "x");
			}
			assertThat(sent).hasSizeGreaterThanOrEqualTo(500);
			Peer tls = new Peer(tls(raw));
			assertThat(tls.readLine()).isEqualTo("encrypted");
			assertThat(tls.readLine()).isEqualTo("too");
		}
		assertThat(sent).hasSize(501).allSatisfy((each) -> assertThat(each).succeedsWithin(TestEndpoints.SOON));
	}

	@Test
	void whenThePeerDoesNotShakeHandsThenItIsClosedAtTheDeadline() {
		TcpServer server = this.endpoints
			.server((all) -> all.tls(tls("server").handshakeTimeout(Duration.ofMillis(300)).build()));
		try (Peer peer = new Peer(server)) {
			assertThat(peer.ask("STARTTLS")).isEqualTo("go ahead");
			assertThat(peer.readLineOrReset()).isNull();
		}
		DisconnectedEvent end = this.endpoints.awaitEvent(DisconnectedEvent.class);
		assertThat(end.getReason()).isEqualTo(DisconnectReason.TLS);
		assertThat(end.getCause()).hasMessageContaining("ssl.handshake-timeout");
		assertThat(failure(this.started.remove())).isEqualTo(SocketErrorCode.TLS_FAILED);
	}

	@Test
	void whenThePeerLeavesWithinTheHandshakeThenThatIsTheReason() {
		TcpServer server = server("server", Dispatch.AUTO);
		try (Peer peer = new Peer(server)) {
			assertThat(peer.ask("STARTTLS")).isEqualTo("go ahead");
		}
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason()).isEqualTo(DisconnectReason.TLS);
		assertThat(failure(this.started.remove())).isEqualTo(SocketErrorCode.TLS_FAILED);
	}

	@Test
	void whenAHandlerAsksItsPeerThenTheAnswerIsReadThoughTlsMayBegin() {
		this.endpoints.onMessage((message) -> {
			Connection connection = (Connection) message.getPeer();
			message.reply("you are " + connection.<String>request("who are you"));
		});
		TcpServer server = server("server", Dispatch.THREAD);
		try (Peer peer = new Peer(server)) {
			assertThat(peer.ask("hello")).isEqualTo("who are you");
			assertThat(peer.ask("Ann")).isEqualTo("you are Ann");
			peer.send("hello", "Bob");
			assertThat(peer.readLine()).isEqualTo("who are you");
			assertThat(peer.readLine()).isEqualTo("you are Bob");
		}
	}

	@Test
	void whenTheConnectionIsClosedWhileTlsBeginsThenItEnds() {
		TcpServer server = server("server", Dispatch.AUTO);
		try (Peer peer = new Peer(server)) {
			assertThat(peer.ask("STARTTLS")).isEqualTo("go ahead");
			server.stop();
			assertThat(peer.readLineOrReset()).isNull();
		}
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason()).isEqualTo(DisconnectReason.SHUTDOWN);
		assertThat(this.started.remove()).failsWithin(TestEndpoints.SOON);
	}

	@Test
	void whenTheEndpointHasNoTlsOnDemandThenItSaysWhatToChange() {
		TcpServer server = this.endpoints.server();
		try (Peer peer = new Peer(server)) {
			peer.send("hello");
			Connection connection = this.endpoints.onlyConnection(server);
			assertThatIllegalStateException().isThrownBy(connection::startTls)
				.withMessageContaining("sockets.tcp.server.server.ssl.start=on-demand");
		}
	}

	private static SocketErrorCode failure(CompletableFuture<Void> started) {
		Awaitility.await().atMost(TestEndpoints.SOON).until(started::isDone);
		return started.handle((done, failure) -> {
			Throwable cause = (failure instanceof SocketOperationException) ? failure : failure.getCause();
			return ((SocketOperationException) cause).getCode();
		}).join();
	}

	private TcpServer server(String certificate, Dispatch dispatch) {
		return this.endpoints.server((all) -> all.dispatch(dispatch).tls(tls(certificate).build()));
	}

	private TcpClient client(TcpServer server, Dispatch dispatch, ConnectionHandshake handshake) {
		return this.endpoints.newClient("client", server.getLocalAddress().getPort(),
				(settings) -> settings.connection((all) -> all.dispatch(dispatch)
					.handshake(handshake)
					.tls(TestTls.settings(TestTls.context(null)).start(TlsStart.ON_DEMAND).build())));
	}

	private static TlsSettings.Builder tls(String certificate) {
		return TestTls.settings(TestTls.context(certificate))

			.start(TlsStart.ON_DEMAND);
	}

	private static Socket connect(InetSocketAddress address) {
		try {
			return new Socket(address.getAddress(), address.getPort());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static SSLSocket tls(Socket raw) {
		try {
			return (SSLSocket) TestTls.context(null)
				.getSocketFactory()
				.createSocket(raw, "localhost", raw.getPort(), true);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Sends lines in one write with the first record, and reads the answers to them
	 * before the records.
	 */
	private static final class EagerSocket extends Socket {

		private final byte[] plain;

		private final int count;

		final List<String> lines = new ArrayList<>();

		private boolean begun;

		EagerSocket(InetSocketAddress address, String plain, int count) throws IOException {
			super(address.getAddress(), address.getPort());
			this.plain = plain.getBytes(StandardCharsets.UTF_8);
			this.count = count;
		}

		@Override
		public OutputStream getOutputStream() throws IOException {
			return new FilterOutputStream(super.getOutputStream()) {

				@Override
				public void write(byte[] bytes, int offset, int length) throws IOException {
					byte[] first = EagerSocket.this.begun ? new byte[0] : EagerSocket.this.plain;
					EagerSocket.this.begun = true;
					byte[] all = new byte[first.length + length];
					System.arraycopy(first, 0, all, 0, first.length);
					System.arraycopy(bytes, offset, all, first.length, length);
					this.out.write(all);
				}

			};
		}

		@Override
		public InputStream getInputStream() throws IOException {
			return new FilterInputStream(super.getInputStream()) {

				@Override
				public int read(byte[] bytes, int offset, int length) throws IOException {
					while (EagerSocket.this.lines.size() < EagerSocket.this.count) {
						StringBuilder line = new StringBuilder();
						int value;
						while ((value = this.in.read()) >= 0 && value != '\n') {
							line.append((char) value);
						}
						EagerSocket.this.lines.add(line.toString());
					}
					return this.in.read(bytes, offset, length);
				}

			};
		}

	}

}
