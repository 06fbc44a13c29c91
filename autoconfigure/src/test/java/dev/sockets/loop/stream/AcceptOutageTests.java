package dev.sockets.loop.stream;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AcceptOutageTests {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private final AcceptOutage outage = new AcceptOutage();

	@Test
	void whenAcceptingKeepsFailingThenPausesGrowToASecondAndTheOutageBeginsOnce() {
		assertThat(this.outage.failed()).isTrue();
		assertThat(this.outage.pause()).isEqualTo(Duration.ofMillis(10).toNanos());
		assertThat(this.outage.failed()).isFalse();
		assertThat(this.outage.pause()).isEqualTo(Duration.ofMillis(20).toNanos());
		for (int i = 0; i < 10; i++) {
			this.outage.failed();
		}
		assertThat(this.outage.pause()).isEqualTo(SECOND);
		this.outage.accepted();
		assertThat(this.outage.failed()).isFalse();
		assertThat(this.outage.pause()).isEqualTo(Duration.ofMillis(10).toNanos());
	}

	@Test
	void whenItWasPossibleToAcceptForHalfASecondThenItIsOver() {
		assertThat(this.outage.end(0)).isFalse();
		this.outage.failed();
		assertThat(this.outage.triedAgain(10)).isEqualTo(SECOND / 2);
		assertThat(this.outage.end(10 + SECOND / 2 - 1)).isFalse();
		assertThat(this.outage.end(10 + SECOND / 2)).isTrue();
		assertThat(this.outage.end(10 + SECOND)).isFalse();
	}

	@Test
	void whenOneOutageFollowsAnotherThenItIsOverAsSoon() {
		for (int i = 0; i < 3; i++) {
			assertThat(this.outage.failed()).isTrue();
			assertThat(this.outage.triedAgain(2 * i * SECOND)).isEqualTo(SECOND / 2);
			assertThat(this.outage.end(2 * i * SECOND + SECOND / 2)).isTrue();
		}
	}

}
