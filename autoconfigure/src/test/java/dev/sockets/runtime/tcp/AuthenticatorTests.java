package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.AddressBannedEvent;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.ConnectionFailedEvent;
import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.RejectionReason;
import dev.sockets.tcp.BanRule;
import dev.sockets.tcp.Reconnect;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.Unspeakable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Authenticators that block, fail or are asked by many at once.
 */
@Timeout(180)
@ExtendWith(OutputCaptureExtension.class)
class AuthenticatorTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final Logins logins = new Logins(this.endpoints);

	/** Each of them would hold a thread for ever. */
	@Test
	void whenAnAuthenticatorBlocksThenItIsInterruptedAtTheDeadlineAndOthersAreLetInLater() {
		Queue<Thread> interrupted = new ConcurrentLinkedQueue<>();
		CountDownLatch never = new CountDownLatch(1);
		TcpServer server = this.endpoints
			.serve((settings) -> settings.handshakeTimeout(Duration.ofMillis(500)).authenticator((login) -> {
				if (login.credentials().username().equals("block")) {
					try {
						never.await();
					}
					catch (InterruptedException ex) {
						interrupted.add(Thread.currentThread());
						throw ex;
					}
				}
				return Logins.authenticate(login);
			}));
		List<Peer> blocked = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			blocked.add(new Peer(server).send(Logins.message("block", "x")));
		}
		blocked.forEach((peer) -> {
			assertThat(peer.readLineOrReset()).isNull();
			peer.close();
		});
		this.endpoints.awaitEvents(ConnectionRejectedEvent.class, 100);
		Awaitility.await().untilAsserted(() -> assertThat(interrupted).isNotEmpty());
		TcpClient client = this.logins.client(server, Logins.SECRET,
				(settings) -> settings.reconnect(ReconnectingTests.QUICK));
		client.start();
		Awaitility.await().until(client::isConnected);
		assertThat(this.endpoints.events(AddressBannedEvent.class)).isEmpty();
	}

	/** Not more than a few are computed for at a time. */
	@Test
	void whenManyLogInAtOnceThenAFewAreAskedForAtATime() {
		AtomicInteger busy = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		TcpServer server = this.endpoints
			.serve((settings) -> settings.handshakeTimeout(TestEndpoints.SOON).authenticator((login) -> {
				most.accumulateAndGet(busy.incrementAndGet(), Math::max);
				TestEndpoints.block(20);
				busy.decrementAndGet();
				return Logins.user("ada");
			}));
		List<Peer> peers = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			peers.add(new Peer(server).send(Logins.RIGHT));
		}
		peers.forEach((peer) -> {
			assertThat(peer.readLine()).isEqualTo("SOCKETS-LOGIN/1 WELCOME");
			peer.close();
		});
		assertThat(most.get()).isBetween(1, 16);
	}

	static Stream<Throwable> failures() {
		return Stream.of(new IllegalStateException("the directory is down"), new Unspeakable(),
				new StackOverflowError(), new InterruptedException());
	}

	@ParameterizedTest
	@MethodSource("failures")
	void whenAnAuthenticatorFailsThenThePeerIsTurnedAwayAndNotBlamed(Throwable failure, CapturedOutput output) {
		AtomicInteger count = new AtomicInteger();
		TcpServer server = this.endpoints
			.serve((settings) -> settings.access((access) -> access.ban(new BanRule(2, Duration.ofMinutes(10))))
				.authenticator((login) -> {
					if (count.incrementAndGet() <= 30) {
						AuthenticatorTests.<RuntimeException>sneak(failure);
					}
					return Logins.authenticate(login);
				}));
		for (int i = 0; i < 30; i++) {
			try (Peer peer = new Peer(server)) {
				peer.send(Logins.RIGHT);
				assertThat(peer.readLineOrReset()).isNull();
			}
		}
		assertThat(this.endpoints.awaitEvents(ConnectionRejectedEvent.class, 30))
			.allSatisfy((event) -> assertThat(event.getReason()).isEqualTo(RejectionReason.AUTHENTICATION));
		assertThat(server.getBans()).isEmpty();
		Awaitility.await()
			.untilAsserted(() -> assertThat(output).contains("away without knowing whether it belongs here"));
		this.logins.client(server, Logins.SECRET, (settings) -> {
		}).connect();
	}

	@SuppressWarnings("unchecked")
	private static <T extends Throwable> void sneak(Throwable failure) throws T {
		throw (T) failure;
	}

	@Test
	void whenTheServerCannotTellThenTheClientTriesAgainSoon() {
		AtomicInteger count = new AtomicInteger();
		TcpServer server = this.logins.server((login) -> {
			if (count.incrementAndGet() == 1) {
				throw new IllegalStateException("the directory is down");
			}
			return Logins.authenticate(login);
		});
		TcpClient client = this.logins.client(server, Logins.SECRET, (settings) -> settings
			.reconnect(new Reconnect(true, Duration.ofMillis(10), 2, Duration.ofMinutes(5), 0, 0)));
		client.start();
		Awaitility.await().until(client::isConnected);
		assertThat(((SocketOperationException) this.endpoints.awaitEvent(ConnectionFailedEvent.class).getCause())
			.getCode()).isEqualTo(SocketErrorCode.CONNECT_FAILED);
	}

	@Test
	void whenTheServerStopsWhileSomebodyLogsInThenItEnds() {
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch never = new CountDownLatch(1);
		TcpServer server = this.endpoints
			.serve((settings) -> settings.handshakeTimeout(Duration.ofMinutes(5)).authenticator((login) -> {
				asked.countDown();
				never.await();
				return Logins.user("ada");
			}));
		try (Peer peer = new Peer(server)) {
			peer.send(Logins.RIGHT);
			Awaitility.await().until(() -> asked.getCount() == 0);
			server.stop();
			assertThat(peer.readLineOrReset()).isNull();
		}
		assertThat(this.endpoints.events(ConnectedEvent.class)).isEmpty();
	}

}
