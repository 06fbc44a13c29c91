package dev.sockets.runtime.tcp;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.GenericApplicationContext;

import dev.sockets.SocketErrorCode;
import dev.sockets.codec.PickledObject;
import dev.sockets.codec.Tuple;
import dev.sockets.codec.pickle.PickleCodec;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.event.RejectionReason;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Peers that don't belong to a server with a password, and some that do but mean no good.
 */
@Timeout(180)
@ExtendWith(OutputCaptureExtension.class)
class TcptalksHostileTests {

	@AutoClose("shutdownNow")
	private final ExecutorService handlers = Executors.newFixedThreadPool(4);

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints(1, this.handlers, new GenericApplicationContext());

	private final AtomicInteger executed = new AtomicInteger();

	private final List<Object> received = new ArrayList<>();

	@Test
	void whenAStrangerWantsSomethingThenItIsRefusedAndNothingOfItGetsThrough() throws Exception {
		TcpServer server = server();
		try (TcptalksPeer stranger = new TcptalksPeer(server)) {
			for (int i = 0; i < 3; i++) {
				stranger.request(1, i);
				assertThat(stranger.result()).isEqualTo(Tuple.of(PickledObject.named("builtins", "PermissionError"),
						"AuthentificationError: this connection is not authenticated", List.of()));
			}
			stranger.request(0xBB, 4);
			assertThat(stranger.result().toString()).contains("PermissionError");
			stranger.send("an ordinary message");
			stranger.send(TcptalksPeer.REQUEST);
			stranger.send(TcptalksPeer.REPLY, 1, "no tuple");
			stranger.send(TcptalksPeer.REPLY, 1, Tuple.of("answer"));
			assertThat(server.getConnections()).isEmpty();
			stranger.password("secret");
			assertThat(stranger.result()).isEqualTo(true);
			stranger.request(1, 5);
			assertThat(identifyOrResult(stranger)).isEqualTo(1);
		}
		assertThat(this.executed).hasValue(1);
		assertThat(this.received).isEmpty();
		assertThat(this.endpoints.events(MessageErrorEvent.class)).isEmpty();
	}

	@Test
	void whenArgumentsMakeNoValueThenTheCallerIsToldAndTheConnectionGoesOn() throws Exception {
		TcpServer server = server();
		try (TcptalksPeer peer = new TcptalksPeer(server).password("secret")) {
			assertThat(peer.result()).isEqualTo(true);
			peer.request(1, 5);
			assertThat(identifyOrResult(peer)).isEqualTo(1);
			for (String args : List.of("]q\0h\0a\u0085", "}(]K\1u\u0085", "(K\1K\2cshop\nOrder\nK\3Rt")) {
				peer.sendRaw(("(C\1RK\1K\7" + args + "}t.").getBytes(StandardCharsets.ISO_8859_1));
				assertThat(identifyOrResult(peer)).isEqualTo(Tuple.of(PickledObject.named("builtins", "TypeError"),
						"an argument cannot be decoded", List.of()));
			}
			peer.request(1, 6);
			assertThat(identifyOrResult(peer)).isEqualTo(2);
		}
		assertThat(this.endpoints.awaitEvents(MessageErrorEvent.class, 3))
			.allMatch((error) -> error.getCode() == SocketErrorCode.CODEC_FAILED);
		try (TcptalksPeer stranger = new TcptalksPeer(server)) {
			stranger.sendRaw("(C\1RK\1K\7]q\0h\0a\u0085}t.".getBytes(StandardCharsets.ISO_8859_1));
			assertThat(stranger.isEnded()).isTrue();
		}
	}

	@Test
	void whenAClassIsMappedThatAnArgumentDoesNotFitThenTheCallerGetsATypeError() throws Exception {
		TcpServer server = TcptalksPair.server(this.endpoints, null,
				(settings) -> settings.connection((connection) -> connection
					.codec(PickleCodec.builder().map("shop.Order", Order.class).keepUnfit(true).build())));
		server.rpc().bind(1, (request) -> request.arg(0, Order.class).count());
		try (TcptalksPeer peer = new TcptalksPeer(server).password(null)) {
			assertThat(peer.result()).isEqualTo(true);
			PickledObject order = PickledObject.instance("shop", "Order");
			peer.request(1, 7, order.withState(Map.of("count", "two")));
			assertThat(identifyOrResult(peer)).isEqualTo(Tuple.of(PickledObject.named("builtins", "TypeError"),
					"argument 1 is not of the right type", List.of()));
			peer.request(1, 8, order.withState(Map.of("count", 2)));
			assertThat(identifyOrResult(peer)).isEqualTo(2);
		}
	}

	record Order(int count) {
	}

	@Test
	void whenThePasswordIsOfAnotherTypeThenItIsWrong() throws Exception {
		TcpServer server = server();
		Object[] passwords = { null, 0, true, 1L << 40, new byte[] { 's' }, List.of("secret"), Tuple.of("secret"),
				Map.of("secret", "secret"), PickledObject.named("builtins", "ValueError"),
				Tuple.of(PickledObject.named("builtins", "ValueError"), "secret", List.of()), "secret ", "",
				"s".repeat(60_000) };
		for (Object password : passwords) {
			try (TcptalksPeer stranger = new TcptalksPeer(server).password(password)) {
				assertThat(stranger.result()).isEqualTo(false);
				tryAgain(stranger);
				assertThat(stranger.isEnded()).isTrue();
			}
		}
		try (TcptalksPeer stranger = new TcptalksPeer(server)) {
			stranger.send(TcptalksPeer.REPLY, 0xAA, Tuple.of());
			assertThat(stranger.result()).isEqualTo(false);
		}
		Awaitility.await().until(() -> rejected(server) == passwords.length + 1);
		assertThat(this.executed).hasValue(0);
	}

	private static void tryAgain(TcptalksPeer stranger) throws IOException {
		try {
			stranger.password("secret");
			stranger.request(1, 1);
		}
		catch (SocketException ex) {
			// it is closed already
		}
	}

	@Test
	void whenAStrangerSendsWhatIsNoPickleThenItIsClosedAndNothingIsShown(CapturedOutput output) throws Exception {
		TcpServer server = server();
		byte[][] first = { "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII), { 'B', -1, -1, -1, 127 },
				{ (byte) 0x80, 4, 'q', 5, '.' }, { (byte) 0x80, 4, 'e', '.' } };
		for (byte[] bytes : first) {
			try (TcptalksPeer stranger = new TcptalksPeer(server)) {
				stranger.sendRaw(bytes);
				assertThat(stranger.isEnded()).isTrue();
			}
		}
		Awaitility.await().until(() -> rejected(server) == first.length);
		this.endpoints.awaitEvents(ConnectionRejectedEvent.class, first.length)
			.forEach((event) -> assertThat(event.getReason()).isEqualTo(RejectionReason.AUTHENTICATION));
		assertThat(this.endpoints.events(ConnectedEvent.class)).isEmpty();
		assertThat(this.endpoints.events(MessageErrorEvent.class)).isEmpty();
		assertThat(output).doesNotContain("secret").doesNotContain("HTTP");
	}

	@Test
	void whenAStrangerNeverAuthenticatesThenItIsClosedAtTheDeadline() throws Exception {
		TcpServer server = TcptalksPair.server(this.endpoints, "secret",
				(settings) -> settings.handshakeTimeout(Duration.ofMillis(300)));
		try (TcptalksPeer silent = new TcptalksPeer(server); TcptalksPeer slow = new TcptalksPeer(server)) {
			slow.sendRaw(new byte[] { (byte) 0x80, 4 });
			assertThat(silent.isEnded()).isTrue();
			assertThat(slow.isEnded()).isTrue();
		}
		this.endpoints.awaitEvents(ConnectionRejectedEvent.class, 2);
		assertThat(rejected(server)).isEqualTo(2);
		assertThat(this.endpoints.events(ConnectedEvent.class)).isEmpty();
	}

	@Test
	void whenOpcodesAndArgumentsAreHugeOrStrangeThenEachIsAnsweredByItsCode() throws Exception {
		TcpServer server = server();
		try (TcptalksPeer peer = admitted(server)) {
			Object[] opcodes = { "x".repeat(60_000), BigInteger.ONE.shiftLeft(100_000), -1, 0.5, true,
					Tuple.of(1, Tuple.of("a")), new byte[50_000], PickledObject.named("os", "system") };
			for (Object opcode : opcodes) {
				peer.request(opcode, "code");
				Tuple reply = peer.receive();
				assertThat(reply.get(1)).isEqualTo("code");
				assertThat(reply.get(2).toString()).contains("KeyError").hasSizeLessThan(300);
			}
			peer.request(List.of(1), 7);
			assertThat(peer.result().toString()).contains("TypeError");
			peer.request(null, 8);
			assertThat(peer.result().toString()).contains("TypeError");
			peer.send(TcptalksPeer.REQUEST, 1, 9, "no tuple", Map.of());
			assertThat(peer.result().toString()).contains("TypeError");
			peer.send(TcptalksPeer.REQUEST, 1, 10, Tuple.of(), Map.of(1, 2));
			assertThat(peer.result().toString()).contains("TypeError");
			peer.send(TcptalksPeer.REQUEST, 1, 11, Tuple.of());
			peer.request(1, 12, PickledObject.call("os", "system", "touch /tmp/never"),
					PickledObject.instance("shop", "Order").withState(Map.of("item", "pen")));
			Tuple reply = peer.receive();
			assertThat(reply.get(1)).isEqualTo(12);
			assertThat(reply.get(2)).isEqualTo(Tuple.of(1));
		}
	}

	@Test
	void whenIdentitiesAreNoneOrTooLongThenTheConnectionHasNone() throws Exception {
		TcpServer server = server();
		for (Object id : new Object[] { null, "", "x".repeat(65), List.of("a"), new byte[] { 'a' } }) {
			try (TcptalksPeer peer = new TcptalksPeer(server).password("secret")) {
				assertThat(peer.result()).isEqualTo(true);
				Tuple asked = peer.receive();
				assertThat(asked.get(1)).isEqualTo(0xBB);
				peer.send(TcptalksPeer.REPLY, asked.get(2), Tuple.of(id));
				assertThat(this.endpoints.onlyConnection(server).getPeerId()).isEmpty();
			}
			Awaitility.await().until(() -> server.getConnections().isEmpty());
		}
	}

	@Test
	void whenAPeerDoesNotTellItsIdentityThenItIsLetInWithout() throws Exception {
		TcpServer server = TcptalksPair.server(this.endpoints, "secret",
				(settings) -> settings.handshakeTimeout(Duration.ofMillis(900)));
		try (TcptalksPeer peer = authenticatedInTime(server)) {
			assertThat(this.endpoints.onlyConnection(server).getPeerId()).isEmpty();
			assertThat(peer.receive().get(1)).isEqualTo(0xBB);
			for (int i = 0; i < 3; i++) {
				peer.send(TcptalksPeer.REPLY, 0, Tuple
					.of(Tuple.of(PickledObject.named("any", "AuthentificationError"), "too early", List.of())));
				assertThat(peer.receive().get(1)).isEqualTo(0xBB);
			}
		}
	}

	@Test
	void whenAThousandPasswordsAreWrongThenNoneGetsInAndAGoodOneStillDoes() throws Exception {
		TcpServer server = TcptalksPair.server(this.endpoints, "secret", (settings) -> settings.maxConnections(400));
		Resources before = Resources.now();
		AtomicInteger refused = new AtomicInteger();
		Semaphore places = new Semaphore(200);
		ExecutorService threads = Executors.newFixedThreadPool(20);
		try {
			List<CompletableFuture<Void>> tries = new ArrayList<>();
			for (int i = 0; i < 1000; i++) {
				String password = "secret" + i;
				String from = "127.0.1." + (i / 10 + 1);
				tries.add(CompletableFuture.runAsync(() -> tryOnce(server, from, password, refused, places), threads));
			}
			try (TcptalksPeer good = admitted(server)) {
				tries.forEach(CompletableFuture::join);
				good.request(2, 1);
				assertThat(good.result().toString()).contains("KeyError");
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(refused).hasValue(1000);
		Awaitility.await().until(() -> rejected(server) == 1000);
		assertThat(this.endpoints.events(ConnectedEvent.class)).hasSize(1);
		assertThat(server.statistics().connections().opened()).isEqualTo(1);
		this.endpoints.awaitEvents(ConnectionRejectedEvent.class, 1000);
		try (TcptalksPeer good = admitted(server)) {
			assertThat(good).isNotNull();
		}
		Awaitility.await().untilAsserted(() -> {
			Resources after = Resources.now();
			assertThat(after.threads()).isLessThan(before.threads() + 30);
			assertThat(after.descriptors()).isLessThan(before.descriptors() + 30);
			assertThat(after.heap()).isLessThan(before.heap() + (8 << 20));
		});
	}

	@Test
	void whenManyStrangersStayThenAGoodOneStillGetsIn() throws Exception {
		TcpServer server = server();
		List<TcptalksPeer> strangers = new ArrayList<>();
		try {
			for (int i = 0; i < 500; i++) {
				TcptalksPeer stranger = new TcptalksPeer(server);
				strangers.add(stranger);
				if (i % 2 == 0) {
					stranger.request(1, i);
				}
			}
			try (TcptalksPeer good = admitted(server)) {
				good.request(1, 1);
				assertThat(good.result()).isEqualTo(1);
			}
			assertThat(this.executed).hasValue(1);
			server.stop();
			for (TcptalksPeer stranger : strangers) {
				stranger.close();
			}
		}
		finally {
			for (TcptalksPeer stranger : strangers) {
				stranger.close();
			}
		}
	}

	private static void tryOnce(TcpServer server, String from, String password, AtomicInteger refused,
			Semaphore places) {
		places.acquireUninterruptibly();
		try (TcptalksPeer stranger = new TcptalksPeer(server, from).password(password)) {
			if (Boolean.FALSE.equals(stranger.result())) {
				refused.incrementAndGet();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			places.release();
		}
	}

	private TcpServer server() {
		this.endpoints.onMessage((message) -> this.received.add(message.getPayload()));
		TcpServer server = TcptalksPair.server(this.endpoints, "secret");
		server.rpc().bind(1, (request) -> this.executed.incrementAndGet());
		return server;
	}

	/** Returns a peer that has authenticated and told its identity. */
	private static TcptalksPeer admitted(TcpServer server) throws Exception {
		TcptalksPeer peer = new TcptalksPeer(server).password("secret");
		assertThat(peer.result()).isEqualTo(true);
		Tuple asked = peer.receive();
		assertThat(asked.get(1)).isEqualTo(0xBB);
		peer.send(TcptalksPeer.REPLY, asked.get(2), Tuple.of("GOOD01"));
		return peer;
	}

	/**
	 * Returns a peer that has authenticated, though not with a machine's first try
	 * perhaps.
	 */
	private static TcptalksPeer authenticatedInTime(TcpServer server) throws IOException {
		while (true) {
			TcptalksPeer peer = new TcptalksPeer(server);
			try {
				if (Boolean.TRUE.equals(peer.password("secret").result())) {
					return peer;
				}
			}
			catch (EOFException | SocketException ex) {
				peer.close();
			}
		}
	}

	/** Returns the next result, after a question for the identity perhaps. */
	private static Object identifyOrResult(TcptalksPeer peer) throws Exception {
		Tuple message = peer.receive();
		if (message.size() == 5) {
			message = peer.receive();
		}
		return ((Tuple) message.get(2)).get(0);
	}

	private static long rejected(TcpServer server) {
		return server.statistics().connections().rejected().getOrDefault("AUTHENTICATION", 0L);
	}

}
