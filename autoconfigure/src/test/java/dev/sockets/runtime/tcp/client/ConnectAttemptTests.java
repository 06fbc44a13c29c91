package dev.sockets.runtime.tcp.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.sockets.runtime.tcp.EndpointRun;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An attempt tries all addresses in turn and shares its time out among them.
 */
class ConnectAttemptTests {

	private final AtomicLong now = new AtomicLong();

	@Test
	void whenSeveralAddressesAreLeftThenTheTimeIsSharedOut() {
		ConnectAttempt attempt = new ConnectAttempt(1, this.now::get, Duration.ofSeconds(10), new EndpointRun());
		attempt.resolved(addresses(4));
		for (int left = 4; left > 0; left--) {
			attempt.next();
			assertThat(Duration.ofNanos(attempt.nanosForThis())).isEqualTo(Duration.ofSeconds(10).dividedBy(left));
		}
	}

	@Test
	void whenTheTimeIsShortThenNoTryOutlastsIt() {
		ConnectAttempt attempt = new ConnectAttempt(1, this.now::get, Duration.ofMillis(30), new EndpointRun());
		attempt.resolved(addresses(2));
		attempt.next();
		assertThat(Duration.ofNanos(attempt.nanosForThis())).isLessThanOrEqualTo(Duration.ofMillis(30));
	}

	@Test
	void whenTheTimeIsUpThenNoFurtherAddressIsTried() {
		ConnectAttempt attempt = new ConnectAttempt(1, this.now::get, Duration.ofMillis(300), new EndpointRun());
		attempt.resolved(addresses(2));
		assertThat(attempt.next()).isNotNull();
		this.now.addAndGet(Duration.ofMillis(300).toNanos());
		assertThat(attempt.nanosForThis()).isEqualTo(1);
		assertThat(attempt.next()).isNull();
		assertThat(attempt.failure("It failed")).hasCauseInstanceOf(SocketTimeoutException.class);
	}

	@Test
	void whenNoAddressWasFoundThenTheAttemptHasThatCause() {
		ConnectAttempt attempt = new ConnectAttempt(1, this.now::get, Duration.ofSeconds(1), new EndpointRun());
		IOException failure = new UnknownHostException("nobody");
		attempt.resolved(new ResolvedPeers(List.of(), failure));
		assertThat(attempt.next()).isNull();
		assertThat(attempt.failure("It failed")).cause().isSameAs(failure);
	}

	@Test
	void whenTheTimeEndsWhileTheNameIsLookedUpAgainThenTheFailureBeforeIsTheCause() {
		ConnectAttempt attempt = new ConnectAttempt(1, this.now::get, Duration.ofSeconds(1), new EndpointRun());
		attempt.resolved(addresses(1));
		attempt.next();
		IOException refused = new ConnectException("Connection refused");
		attempt.failed(refused);
		attempt.resolved(new ResolvedPeers(List.of(), new SocketTimeoutException("not resolved")));
		assertThat(attempt.next()).isNull();
		assertThat(attempt.failure("It failed")).cause().isSameAs(refused);
	}

	private static ResolvedPeers addresses(int count) {
		return new ResolvedPeers(
				IntStream.rangeClosed(1, count).mapToObj((i) -> new InetSocketAddress("127.0.0." + i, 1)).toList(),
				null);
	}

}
