package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.event.RejectionReason;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionHandshake;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.DuplicateSession;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A device is found by the name that its connection was bound to, until it ends.
 */
@Timeout(120)
class DeviceSessionTests {

	private static final String DEVICE = "dev-42";

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints(2);

	private final Queue<String> received = new ConcurrentLinkedQueue<>();

	DeviceSessionTests() {
		this.endpoints.onMessage(this::logIn);
	}

	/** Binds the connection to what its peer says, and answers how that ended. */
	private void logIn(MessageReceivedEvent<?> message) {
		String name = message.getPayload().toString();
		try {
			message.getConnection().bind(name);
			message.reply("welcome " + name);
		}
		catch (SocketOperationException ex) {
			message.reply(ex.getCode().name());
		}
	}

	@Test
	void whenADeviceHasLoggedInThenItIsFoundUntilItsEnd() {
		TcpServer server = this.endpoints.server();
		assertThat(server.find(DEVICE)).isEmpty();
		try (Peer peer = new Peer(server)) {
			assertThat(peer.ask(DEVICE)).isEqualTo("welcome dev-42");
			Connection connection = server.find(DEVICE).orElseThrow();
			assertThat(connection.getBoundName()).contains(DEVICE);
			assertThat(connection.getRemoteAddress()).isEqualTo(peer.address());
			assertThat(server.find("dev-43")).isEmpty();
			connection.send("where are you?");
			assertThat(peer.readLine()).isEqualTo("where are you?");
		}
		DisconnectedEvent gone = this.endpoints.awaitEvent(DisconnectedEvent.class);
		assertThat(gone.getConnection().getBoundName()).contains(DEVICE);
		assertThat(server.find(DEVICE)).isEmpty();
	}

	@Test
	void whenADeviceLogsOutThenItsNameIsFreeAndTheConnectionStays() {
		TcpServer server = this.endpoints.serve((settings) -> settings.duplicateSession(DuplicateSession.REJECT));
		try (Peer peer = new Peer(server); Peer other = new Peer(server)) {
			assertThat(peer.ask(DEVICE)).isEqualTo("welcome dev-42");
			assertThat(other.ask(DEVICE)).isEqualTo("SESSION_TAKEN");
			Connection connection = server.find(DEVICE).orElseThrow();
			connection.unbind();
			connection.unbind();
			assertThat(server.find(DEVICE)).isEmpty();
			assertThat(connection.getBoundName()).isEmpty();
			assertThat(other.ask(DEVICE)).isEqualTo("welcome dev-42");
			assertThat(peer.ask("dev-43")).isEqualTo("welcome dev-43");
		}
	}

	@Test
	void whenADeviceLogsInAsAnotherThenItIsThatOneOnly() {
		TcpServer server = this.endpoints.server();
		try (Peer peer = new Peer(server)) {
			peer.ask(DEVICE);
			peer.ask("dev-43");
			assertThat(server.find(DEVICE)).isEmpty();
			assertThat(server.find("dev-43")).isPresent();
			assertThat(peer.ask("dev-43")).isEqualTo("welcome dev-43");
			assertThat(server.find("dev-43")).isPresent();
		}
	}

	@Test
	void whenADeviceLogsInAgainThenItsOlderConnectionIsReplaced() {
		TcpServer server = this.endpoints.server();
		try (Peer older = new Peer(server); Peer newer = new Peer(server)) {
			older.ask(DEVICE);
			Connection first = server.find(DEVICE).orElseThrow();
			assertThat(newer.ask(DEVICE)).isEqualTo("welcome dev-42");
			assertThat(older.readLine()).isNull();
			DisconnectedEvent gone = this.endpoints.awaitEvent(DisconnectedEvent.class);
			assertThat(gone.getConnection()).isSameAs(first);
			assertThat(gone.getReason()).isEqualTo(DisconnectReason.REPLACED);
			assertThat(server.find(DEVICE).orElseThrow().getRemoteAddress()).isEqualTo(newer.address());
			assertThatExceptionOfType(SocketOperationException.class).isThrownBy(() -> first.bind(DEVICE))
				.extracting(SocketOperationException::getCode)
				.isEqualTo(SocketErrorCode.NOT_CONNECTED);
		}
	}

	@Test
	void whenDuplicatesAreRejectedThenTheOlderConnectionStaysAndTheNameIsFreeAfterIt() {
		TcpServer server = serve(DuplicateSession.REJECT);
		try (Peer newer = new Peer(server)) {
			try (Peer older = new Peer(server)) {
				older.ask(DEVICE);
				assertThat(newer.ask(DEVICE)).isEqualTo("SESSION_TAKEN");
				assertThat(server.find(DEVICE).orElseThrow().getRemoteAddress()).isEqualTo(older.address());
				assertThat(older.ask(DEVICE)).isEqualTo("welcome dev-42");
			}
			Awaitility.await().until(() -> newer.ask(DEVICE).equals("welcome dev-42"));
			assertThat(server.find(DEVICE).orElseThrow().getRemoteAddress()).isEqualTo(newer.address());
		}
	}

	@Test
	void whenDuplicatesAreAllowedThenTheNewestThatIsOpenIsFound() {
		TcpServer server = serve(DuplicateSession.ALLOW);
		try (Peer older = new Peer(server)) {
			older.ask(DEVICE);
			try (Peer newer = new Peer(server)) {
				newer.ask(DEVICE);
				assertThat(server.find(DEVICE).orElseThrow().getRemoteAddress()).isEqualTo(newer.address());
				assertThat(server.getConnections()).hasSize(2);
			}
			Awaitility.await()
				.until(() -> server.find(DEVICE).orElseThrow().getRemoteAddress().equals(older.address()));
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenADeviceLogsInAThousandTimesFromTwoConnectionsThenItsNameBelongsToOneAtATimeAndIsFreeAtTheEnd(
			DuplicateSession duplicate) {
		Map<String, Integer> answers = new ConcurrentHashMap<>();
		TcpServer server = serve(duplicate);
		if (duplicate == DuplicateSession.REJECT) {
			this.endpoints.onMessage((message) -> {
				logIn(message);
				if (message.getConnection().getBoundName().isPresent()
						&& server.find(DEVICE).orElse(null) != message.getConnection()) {
					answers.put("another one is found", 1);
				}
			});
		}
		List<CompletableFuture<Void>> devices = List.of(OwnThread.run(() -> logInOften(server, answers)),
				OwnThread.run(() -> logInOften(server, answers)));
		assertThat(devices)
			.allSatisfy((device) -> assertThat(device).succeedsWithin(TestEndpoints.SOON.multipliedBy(3)));
		assertThat(answers.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(1000);
		assertThat(answers).containsKey("welcome dev-42")
			.containsOnlyKeys(answers.keySet().stream().filter(possible(duplicate)).toList());
		this.endpoints.awaitEvents(DisconnectedEvent.class, 1000);
		assertThat(server.find(DEVICE)).isEmpty();
		try (Peer last = new Peer(server)) {
			assertThat(last.ask(DEVICE)).isEqualTo("welcome dev-42");
			assertThat(server.find(DEVICE).orElseThrow().getRemoteAddress()).isEqualTo(last.address());
		}
		if (duplicate != DuplicateSession.REPLACE) {
			assertThat(this.endpoints.events(DisconnectedEvent.class)).extracting(DisconnectedEvent::getReason)
				.doesNotContain(DisconnectReason.REPLACED);
		}
	}

	private static Predicate<String> possible(DuplicateSession duplicate) {
		return List.of("welcome dev-42", switch (duplicate) {
			case REPLACE -> "replaced";
			case REJECT -> "SESSION_TAKEN";
			case ALLOW -> "";
		})::contains;
	}

	private void logInOften(TcpServer server, Map<String, Integer> answers) {
		for (int i = 0; i < 500; i++) {
			try (Peer peer = new Peer(server)) {
				String answer = peer.send(DEVICE).readLineOrReset();
				answers.merge((answer != null) ? answer : "replaced", 1, Integer::sum);
			}
		}
	}

	@Test
	void whenTwoConnectionsTakeANameFromEachOtherThenOneIsLeft() {
		TcpServer server = this.endpoints.server();
		for (int i = 0; i < 100; i++) {
			try (Peer one = new Peer(server); Peer other = new Peer(server)) {
				Awaitility.await().until(() -> server.getConnections().size() == 2);
				List<CompletableFuture<Void>> all = server.getConnections()
					.stream()
					.map((connection) -> OwnThread.run(() -> bindOften(connection)))
					.toList();
				assertThat(all).allSatisfy((end) -> assertThat(end).succeedsWithin(TestEndpoints.SOON));
				Connection left = this.endpoints.onlyConnection(server);
				assertThat(server.find(DEVICE)).containsSame(left);
				assertThat(left.getRemoteAddress()).isIn(one.address(), other.address());
			}
			Awaitility.await().until(() -> server.getConnections().isEmpty());
		}
	}

	private static void bindOften(Connection connection) {
		try {
			for (int i = 0; i < 20; i++) {
				connection.bind(DEVICE);
			}
		}
		catch (SocketOperationException ex) {
			assertThat(ex.getCode()).isEqualTo(SocketErrorCode.NOT_CONNECTED);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "THREAD" })
	void whenAReplacedConnectionHasSentMoreThenThatIsHandledBeforeItsEnd(Dispatch dispatch) {
		CompletableFuture<Void> replaced = new CompletableFuture<>();
		this.endpoints.onMessage((message) -> {
			boolean first = this.received.isEmpty();
			if (message.getPayload().equals(DEVICE)) {
				logIn(message);
			}
			this.received.add(message.getPayload().toString());
			if (first) {
				replaced.join();
			}
		});
		TcpServer server = this.endpoints.server((connection) -> connection.dispatch(dispatch));
		try (Peer older = new Peer(server); Peer newer = new Peer(server)) {
			older.send(DEVICE, "report");
			Awaitility.await().until(() -> this.received.contains(DEVICE));
			assertThat(newer.ask(DEVICE)).isEqualTo("welcome dev-42");
			Awaitility.await().untilAsserted(() -> assertThat(this.received).containsExactly(DEVICE, DEVICE));
			replaced.complete(null);
			assertThat(older.readLine()).isEqualTo("welcome dev-42");
			assertThat(older.readLine()).isNull();
			assertThat(this.received).containsExactly(DEVICE, DEVICE, "report");
			assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason())
				.isEqualTo(DisconnectReason.REPLACED);
		}
		finally {
			replaced.complete(null);
		}
	}

	@Test
	void whenAReplacedConnectionIsOwedAnAnswerThatNeverComesThenItEndsAllTheSame() {
		TcpServer server = this.endpoints.server((connection) -> connection.writeTimeout(Duration.ofMillis(300)));
		server.addHandler((connection, payload) -> payload.equals("never") ? new CompletableFuture<>() : null);
		this.endpoints.onMessage((message) -> {
			this.received.add(message.getPayload().toString());
			if (message.getPayload().equals(DEVICE)) {
				logIn(message);
			}
		});
		try (Peer older = new Peer(server); Peer newer = new Peer(server)) {
			older.ask(DEVICE);
			older.send("never");
			Awaitility.await().until(() -> this.received.contains("never"));
			newer.ask(DEVICE);
			assertThat(older.readLine()).isNull();
		}
	}

	@Test
	void whenAHandshakeBindsThenTheDeviceIsFoundOnceTheApplicationKnowsIt() {
		CompletableFuture<Void> checked = new CompletableFuture<>();
		CompletableFuture<Connection> bound = new CompletableFuture<>();
		TcpServer server = this.endpoints.serve((settings) -> settings
			.connection((connection) -> connection.handshake((begun) -> begun.receiveAsync().thenCompose((name) -> {
				begun.bind(name.toString());
				bound.complete(begun);
				return checked;
			}))));
		try (Peer peer = new Peer(server)) {
			peer.send(DEVICE);
			assertThat(bound).succeedsWithin(TestEndpoints.SOON);
			assertThat(server.find(DEVICE)).isEmpty();
			checked.complete(null);
			this.endpoints.awaitEvent(ConnectedEvent.class);
			assertThat(server.find(DEVICE)).containsSame(bound.join());
		}
	}

	@Test
	void whenAHandshakeFindsTheNameTakenOrFailsThenThePeerIsTurnedAwayAndTheNameIsFree() {
		ConnectionHandshake handshake = (connection) -> connection.receiveAsync().thenAccept((name) -> {
			connection.bind(name.toString());
			if (name.equals("dev-13")) {
				throw new IllegalArgumentException("This device is not welcome");
			}
		});
		TcpServer server = this.endpoints.serve((settings) -> settings.duplicateSession(DuplicateSession.REJECT)
			.connection((connection) -> connection.handshake(handshake)));
		try (Peer first = new Peer(server); Peer second = new Peer(server); Peer unwelcome = new Peer(server)) {
			first.send(DEVICE);
			this.endpoints.awaitEvent(ConnectedEvent.class);
			second.send(DEVICE);
			assertThat(second.readLineOrReset()).isNull();
			assertThat(unwelcome.send("dev-13").readLineOrReset()).isNull();
			assertThat(this.endpoints.awaitEvents(ConnectionRejectedEvent.class, 2))
				.extracting(ConnectionRejectedEvent::getReason)
				.containsOnly(RejectionReason.AUTHENTICATION);
			assertThat(server.find(DEVICE).orElseThrow().getRemoteAddress()).isEqualTo(first.address());
			assertThat(server.find("dev-13")).isEmpty();
		}
	}

	@Test
	void whenWhatItIsBoundToIsNoNameThenThatIsRefused() {
		TcpServer server = this.endpoints.server();
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			assertThatIllegalArgumentException().isThrownBy(() -> connection.bind(" "))
				.withMessage("A connection is bound to a name, not to nothing");
			assertThatIllegalArgumentException().isThrownBy(() -> connection.bind("x".repeat(256)))
				.withMessage("A user has a name of at most 255 bytes of UTF-8, not one of 256 characters");
			connection.bind("x".repeat(255));
			assertThat(peer.ask(DEVICE)).isEqualTo("welcome dev-42");
		}
	}

	@Test
	void whenTheConnectionIsThatOfAClientThenItIsNotBound() {
		TcpClient client = this.endpoints.newClient(this.endpoints.server());
		client.connect();
		Connection connection = client.getConnection().orElseThrow();
		assertThatIllegalStateException().isThrownBy(() -> connection.bind(DEVICE))
			.withMessageEndingWith("is that of a client: only those of servers are bound to a name");
	}

	private TcpServer serve(DuplicateSession duplicate) {
		return this.endpoints.serve((settings) -> settings.duplicateSession(duplicate));
	}

}
