package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.ConnectionFailedEvent;
import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.RejectionReason;
import dev.sockets.tcp.ClientAuth;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TlsIdentity;
import dev.sockets.tcp.TlsSettings;
import dev.sockets.testkit.TestTls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Servers and clients that speak TLS, to each other and to the JDK's.
 */
@Timeout(120)
class TlsTests {

	private static final SSLContext trusting = TestTls.context(null);

	private static final SSLContext client = TestTls.context("client");

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	@ParameterizedTest
	@EnumSource
	void whenBothSpeakTlsThenMessagesGoBothWaysOnAnyDispatch(Dispatch dispatch) {
		TcpServer server = server("server", dispatch, (tls) -> {
		});
		TcpClient client = client(server, trusting, dispatch, (tls) -> {
		});
		Connection connection = client.connect();
		for (int i = 0; i < 100; i++) {
			assertThat(connection.<String>request("message " + i)).isEqualTo("message " + i);
		}
		String large = "x".repeat(60_000);
		assertThat(connection.<String>request(large)).isEqualTo(large);
		assertThat(connection.getPrincipal()).map(Principal::getName).contains("CN=server");
		assertThat(this.endpoints.onlyConnection(server).getPrincipal()).isEmpty();
		assertThat(this.endpoints.awaitEvents(ConnectedEvent.class, 2)).hasSize(2);
		client.stop();
		assertThat(reasons(2)).containsExactlyInAnyOrder(DisconnectReason.REMOTE, DisconnectReason.SHUTDOWN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "TLSv1.2", "TLSv1.3" })
	void whenAClientShowsACertificateThenItIsThePrincipalOfItsConnection(String protocol) {
		TcpServer server = server("server", Dispatch.AUTO, (tls) -> tls.clientAuth(ClientAuth.NEED));
		TcpClient client = client(server, () -> identity(TlsTests.client, protocol), (tls) -> {
		});
		assertThat(client.connect().<String>request("who am I")).isEqualTo("who am I");
		assertThat(this.endpoints.onlyConnection(server).getPrincipal()).map(Principal::getName).contains("CN=client");
		DefaultConnection served = (DefaultConnection) this.endpoints.onlyConnection(server);
		assertThat(served.tlsSession().getProtocol()).isEqualTo(protocol);
	}

	@Test
	void whenCertificatesAreOnlyWantedThenAClientWithoutOneGetsIn() {
		TcpServer server = server("server", Dispatch.AUTO, (tls) -> tls.clientAuth(ClientAuth.WANT));
		TcpClient client = client(server, trusting, Dispatch.AUTO, (tls) -> {
		});
		assertThat(client.connect().<String>request("hello")).isEqualTo("hello");
		assertThat(this.endpoints.onlyConnection(server).getPrincipal()).isEmpty();
	}

	@Test
	void whenAClientHasNoCertificateThenItIsTurnedAwayAndToldWhatToChange() {
		TcpServer server = server("server", Dispatch.AUTO, (tls) -> tls.clientAuth(ClientAuth.NEED));
		TcpClient client = client(server, () -> identity(trusting, "TLSv1.2"), (tls) -> {
		});
		assertThat(failure(client)).hasMessageContaining("certificate");
		assertRejected(1);
	}

	@Test
	void whenAClientHasNoCertificateByTheNewestVersionThenItIsToldAfterItWasConnected() {
		TcpServer server = server("server", Dispatch.AUTO, (tls) -> tls.clientAuth(ClientAuth.NEED));
		client(server, trusting, Dispatch.AUTO, (tls) -> {
		}).connect();
		DisconnectedEvent end = this.endpoints.awaitEvent(DisconnectedEvent.class);
		assertThat(end.getReason()).isEqualTo(DisconnectReason.TLS);
		assertThat(end.getCause()).hasMessageContaining("keystore");
		assertRejected(1);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			expired, it has to be renewed
			other, its certificate is for another host
			stranger, was signed by nobody that the truststore of ssl.bundle has
			""")
	void whenTheCertificateOfAServerIsBadThenTheClientSaysWhatToChange(String certificate, String message) {
		TcpServer server = server(certificate, Dispatch.AUTO, (tls) -> {
		});
		TcpClient client = client(server, trusting, Dispatch.AUTO, (tls) -> {
		});
		assertThat(failure(client)).hasMessageContaining(message);
		assertThat(this.endpoints.awaitEvent(ConnectionFailedEvent.class).getCause()).hasMessageContaining(message);
		assertRejected(1);
		assertThat(this.endpoints.events(ConnectedEvent.class)).isEmpty();
	}

	@Test
	void whenHostNamesAreNotVerifiedThenACertificateForAnotherHostPasses() {
		TcpServer server = server("other", Dispatch.AUTO, (tls) -> {
		});
		TcpClient client = client(server, trusting, Dispatch.AUTO, (tls) -> tls.verifyHostname(false));
		assertThat(client.connect().<String>request("hello")).isEqualTo("hello");
	}

	@Test
	void whenAPeerSpeaksPlainThenItIsTurnedAway() {
		TcpServer server = server("server", Dispatch.AUTO, (tls) -> {
		});
		try (Peer peer = new Peer(server)) {
			peer.send("GET / HTTP/1.1");
			assertThat(peer.readLineOrReset()).isNull();
		}
		assertRejected(1);
		assertThat(this.endpoints.events(ConnectedEvent.class)).isEmpty();
	}

	@Test
	void whenAServerSpeaksPlainThenTheClientSaysSo() {
		try (Backend backend = new Backend()) {
			TcpClient client = client(new InetSocketAddress("127.0.0.1", backend.port()),
					() -> TlsIdentity.of(trusting), Dispatch.AUTO, (tls) -> {
					});
			client.start();
			backend.accept().send("220 welcome");
			ConnectionFailedEvent failed = this.endpoints.awaitEvent(ConnectionFailedEvent.class);
			assertThat(failed.getCause()).hasMessageContaining("it does not speak TLS on this port");
			assertThat(((SocketOperationException) failed.getCause()).getCode()).isEqualTo(SocketErrorCode.TLS_FAILED);
		}
	}

	@Test
	void whenAServerIsSilentThenTheClientWaitsForTheDeadlineOfTheHandshake() {
		try (Backend backend = new Backend()) {
			TcpClient client = client(new InetSocketAddress("127.0.0.1", backend.port()),
					() -> TlsIdentity.of(trusting), Dispatch.AUTO,
					(tls) -> tls.handshakeTimeout(Duration.ofMillis(300)));
			assertThat(failure(client)).hasMessageContaining("ssl.handshake-timeout");
		}
	}

	@Test
	void whenAPeerSpeaksAnOldVersionOnlyThenItIsTurnedAway() {
		TcpServer server = this.endpoints.echo()
			.server((all) -> all.tls(TestTls.settings(() -> identity(TestTls.context("server"), "TLSv1.3")).build()));
		try (TlsPeer peer = TlsPeer.connect(server.getLocalAddress(), trusting, "TLSv1.2", null)) {
			assertThat(catchThrowableOfType(UncheckedIOException.class, () -> peer.peer().ask("hello"))).isNotNull();
		}
		assertRejected(1);
	}

	@Test
	void whenAPeerSaysThatItEndsThenRemoteAndItsQuestionsAreAnswered() throws IOException {
		TcpServer server = server("server", Dispatch.THREAD, (tls) -> {
		});
		try (TlsPeer peer = TlsPeer.connect(server.getLocalAddress(), trusting)) {
			peer.peer().send("one", "two");
			peer.tls().shutdownOutput();
			assertThat(peer.peer().readLine()).isEqualTo("one");
			assertThat(peer.peer().readLine()).isEqualTo("two");
			assertThat(peer.peer().readLine()).isNull();
		}
		assertThat(reasons(1)).containsExactly(DisconnectReason.REMOTE);
	}

	@Test
	void whenAPeerEndsByAnOlderVersionWithinItsQuestionsThenRemote() throws IOException {
		TcpServer server = server("server", Dispatch.THREAD, (tls) -> {
		});
		try (TlsPeer peer = TlsPeer.connect(server.getLocalAddress(), trusting, "TLSv1.2", null)) {
			peer.peer().send("one", "two");
			peer.tls().shutdownOutput();
			assertThat(reasons(1)).containsExactly(DisconnectReason.REMOTE);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenAConnectionIsCutOffThenItIsTruncated(Dispatch dispatch) {
		TcpServer server = server("server", dispatch, (tls) -> {
		});
		try (TlsPeer peer = TlsPeer.connect(server.getLocalAddress(), trusting)) {
			assertThat(peer.peer().ask("whole")).isEqualTo("whole");
			peer.cutOff();
			assertThat(reasons(1)).containsExactly(DisconnectReason.TRUNCATED);
		}
	}

	@Test
	void whenBytesAreChangedOnTheWayThenTheConnectionEnds() throws IOException {
		TcpServer server = server("server", Dispatch.AUTO, (tls) -> {
		});
		try (TlsPeer peer = TlsPeer.connect(server.getLocalAddress(), trusting)) {
			assertThat(peer.peer().ask("whole")).isEqualTo("whole");
			peer.raw()
				.getOutputStream()
				.write(new byte[] { 23, 3, 3, 0, 20, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
						20 });
			assertThat(reasons(1)).containsExactly(DisconnectReason.TLS);
		}
	}

	@Test
	void whenTheServerStopsThenAnswersArriveAndTheEndIsSaid() {
		TcpServer server = server("server", Dispatch.THREAD, (tls) -> {
		});
		TcpClient client = client(server, trusting, Dispatch.AUTO, (tls) -> {
		});
		Queue<Object> received = new ConcurrentLinkedQueue<>();
		this.endpoints.onMessage("client", (message) -> received.add(message.getPayload()));
		Connection connection = client.connect();
		this.endpoints.onlyConnection(server);
		for (int i = 0; i < 200; i++) {
			connection.send("message " + i);
		}
		Awaitility.await().until(() -> server.status().messagesReceived() == 200);
		server.stop();
		Awaitility.await().until(() -> received.size() == 200);
		assertThat(reasons(2)).containsExactlyInAnyOrder(DisconnectReason.SHUTDOWN, DisconnectReason.REMOTE);
	}

	@ParameterizedTest
	@EnumSource
	void whenAPeerReadsSlowlyThenItGetsEverythingInOrder(Dispatch dispatch) {
		this.endpoints.onMessage((message) -> {
			for (int i = 0; i < 200; i++) {
				message.reply(i + " " + "x".repeat(20_000));
			}
			message.getConnection().close();
		});
		TcpServer server = this.endpoints.server((all) -> all.dispatch(dispatch)
			.maxPending(10_000_000)
			.tls(TestTls.settings(TestTls.context("server")).build()));
		try (TlsPeer peer = TlsPeer.connect(server.getLocalAddress(), trusting)) {
			peer.peer().send("go");
			TestEndpoints.block(100);
			for (int i = 0; i < 200; i++) {
				assertThat(peer.peer().readLine()).startsWith(i + " x").hasSize(20_000 + (i + " ").length());
			}
			assertThat(peer.peer().readLine()).isNull();
		}
	}

	@Test
	void whenTheServerBroadcastsThenAllGetIt() {
		TcpServer server = server("server", Dispatch.AUTO, (tls) -> {
		});
		List<TlsPeer> peers = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			peers.add(TlsPeer.connect(server.getLocalAddress(), trusting));
			assertThat(peers.get(i).peer().ask("here")).isEqualTo("here");
		}
		assertThat(server.broadcast("to all")).isEqualTo(20);
		peers.forEach((peer) -> assertThat(peer.peer().readLine()).isEqualTo("to all"));
		peers.forEach(TlsPeer::close);
	}

	@Test
	void whenTheServerIsFullThenTheBusyMessageIsEncryptedToo() {
		TcpServer server = this.endpoints.echo()
			.serve((settings) -> settings.maxConnections(1)
				.busyMessage("full".getBytes())
				.connection((all) -> all.tls(TestTls.settings(TestTls.context("server")).build())));
		try (TlsPeer first = TlsPeer.connect(server.getLocalAddress(), trusting)) {
			assertThat(first.peer().ask("here")).isEqualTo("here");
			try (TlsPeer second = TlsPeer.connect(server.getLocalAddress(), trusting)) {
				assertThat(second.peer().readLine()).isEqualTo("full");
			}
		}
	}

	@Test
	void whenAClientComesBackThenItsSessionIsResumed() {
		TcpServer server = server("server", Dispatch.AUTO, (tls) -> {
		});
		TcpClient client = client(server, () -> identity(trusting, "TLSv1.2"), (tls) -> {
		});
		byte[] first = session(client.connect());
		assertThat(client.<String>request("hello")).isEqualTo("hello");
		assertThat(session(client.reconnect())).isEqualTo(first);
	}

	private static byte[] session(Connection connection) {
		SSLSession session = ((DefaultConnection) connection).tlsSession();
		return (session != null) ? session.getId() : new byte[0];
	}

	private List<DisconnectReason> reasons(int least) {
		return this.endpoints.awaitEvents(DisconnectedEvent.class, least)
			.stream()
			.map(DisconnectedEvent::getReason)
			.toList();
	}

	private void assertRejected(int count) {
		assertThat(this.endpoints.awaitEvents(ConnectionRejectedEvent.class, count)).hasSize(count)
			.allSatisfy((event) -> assertThat(event.getReason()).isEqualTo(RejectionReason.TLS));
	}

	private static SocketOperationException failure(TcpClient client) {
		SocketOperationException failure = catchThrowableOfType(SocketOperationException.class, client::connect);
		assertThat(failure.getCode()).isEqualTo(SocketErrorCode.TLS_FAILED);
		return failure;
	}

	private static TlsIdentity identity(SSLContext context, String protocol) {
		return new TlsIdentity(context, List.of(protocol), List.of(), null);
	}

	private TcpServer server(String certificate, Dispatch dispatch, Consumer<TlsSettings.Builder> change) {
		TlsSettings.Builder tls = TestTls.settings(TestTls.context(certificate));
		change.accept(tls);
		return this.endpoints.echo().server((all) -> all.dispatch(dispatch).tls(tls.build()));
	}

	private TcpClient client(TcpServer server, SSLContext context, Dispatch dispatch,
			Consumer<TlsSettings.Builder> change) {
		return client(server.getLocalAddress(), () -> TlsIdentity.of(context), dispatch, change);
	}

	private TcpClient client(TcpServer server, Supplier<TlsIdentity> identity, Consumer<TlsSettings.Builder> change) {
		return client(server.getLocalAddress(), identity, Dispatch.AUTO, change);
	}

	private TcpClient client(InetSocketAddress server, Supplier<TlsIdentity> identity, Dispatch dispatch,
			Consumer<TlsSettings.Builder> change) {
		TlsSettings.Builder tls = TestTls.settings(identity);
		change.accept(tls);
		return this.endpoints.newClient("client", server.getPort(),
				(settings) -> settings.connection((all) -> all.dispatch(dispatch).tls(tls.build())));
	}

}
