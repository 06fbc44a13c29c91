package dev.sockets.tcp.endpoint;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import dev.sockets.tcp.Peer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An attempt tries all addresses in turn and shares its time out among them.
 */
class AttemptTests {

	@Test
	void whenNamesHaveSeveralAddressesThenAllAreTriedInTurn() throws Exception {
		Attempt attempt = new Attempt(1, Duration.ofSeconds(5));
		attempt.resolve(List.of(new Peer("a", 1), new Peer("unknown", 2), new Peer("b", 3)), AttemptTests::resolve);
		assertThat(attempt.cause()).isInstanceOf(UnknownHostException.class).hasMessageContaining("'unknown'");
		assertThat(attempt.next()).isEqualTo(new InetSocketAddress("127.0.0.1", 1));
		assertThat(attempt.next()).isEqualTo(new InetSocketAddress("::1", 1));
		assertThat(attempt.next()).isEqualTo(new InetSocketAddress("127.0.0.2", 3));
		assertThat(attempt.next()).isNull();
	}

	@Test
	void whenSeveralAddressesAreLeftThenTheTimeIsSharedOut() {
		Attempt attempt = new Attempt(1, Duration.ofSeconds(10));
		attempt.resolve(List.of(new Peer("a", 1), new Peer("a", 2)), AttemptTests::resolve);
		for (int left = 4; left > 0; left--) {
			attempt.next();
			assertThat(Duration.ofNanos(attempt.nanosForThis())).isBetween(Duration.ofSeconds(10).dividedBy(left + 1),
					Duration.ofSeconds(10).dividedBy(left));
		}
	}

	@Test
	void whenTheTimeIsShortThenNoTryOutlastsIt() {
		Attempt attempt = new Attempt(1, Duration.ofMillis(30));
		attempt.resolve(List.of(new Peer("a", 1)), AttemptTests::resolve);
		attempt.next();
		assertThat(Duration.ofNanos(attempt.nanosForThis())).isLessThanOrEqualTo(Duration.ofMillis(30));
	}

	@Test
	void whenTheTimeIsUpThenNoFurtherAddressIsTried() {
		Attempt attempt = new Attempt(1, Duration.ofMillis(20));
		attempt.resolve(List.of(new Peer("a", 1)), AttemptTests::resolve);
		assertThat(attempt.next()).isNotNull();
		Awaitility.await().until(() -> attempt.nanosForThis() == 1);
		assertThat(attempt.next()).isNull();
		assertThat(attempt.cause()).isInstanceOf(SocketTimeoutException.class);
	}

	@Test
	void whenResolvingBreaksThenTheAttemptHasACause() {
		Attempt attempt = new Attempt(1, Duration.ofSeconds(1));
		attempt.resolve(List.of(new Peer("a", 1)), (host) -> {
			throw new IllegalStateException("broken");
		});
		assertThat(attempt.next()).isNull();
		assertThat(attempt.cause()).hasRootCauseMessage("broken");
	}

	private static InetAddress[] resolve(String host) throws UnknownHostException {
		return switch (host) {
			case "a" -> new InetAddress[] { InetAddress.getByName("127.0.0.1"), InetAddress.getByName("::1") };
			case "b" -> new InetAddress[] { InetAddress.getByName("127.0.0.2") };
			default -> throw new UnknownHostException(host);
		};
	}

}
