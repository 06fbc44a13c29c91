package dev.sockets.loop.stream;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AcceptOutageTests {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private final AcceptOutage outage = new AcceptOutage(0);

	@Test
	void whenAcceptingKeepsFailingThenPausesGrowToASecondAndTheOutageBeginsOnce() {
		assertThat(this.outage.failed(1)).isTrue();
		assertThat(this.outage.pause()).isEqualTo(Duration.ofMillis(10).toNanos());
		assertThat(this.outage.failed(2)).isFalse();
		assertThat(this.outage.pause()).isEqualTo(Duration.ofMillis(20).toNanos());
		for (int i = 0; i < 10; i++) {
			this.outage.failed(3);
		}
		assertThat(this.outage.pause()).isEqualTo(SECOND);
		this.outage.accepted();
		assertThat(this.outage.failed(4)).isFalse();
		assertThat(this.outage.pause()).isEqualTo(Duration.ofMillis(10).toNanos());
	}

	@Test
	void whenItWasPossibleToAcceptForHalfASecondThenItIsOver() {
		assertThat(this.outage.end(0)).isFalse();
		this.outage.failed(1);
		assertThat(this.outage.triedAgain(10)).isEqualTo(SECOND / 2);
		assertThat(this.outage.end(10 + SECOND / 2 - 1)).isFalse();
		assertThat(this.outage.end(10 + SECOND / 2)).isTrue();
		assertThat(this.outage.end(10 + SECOND)).isFalse();
	}

	@Test
	void whenOneOutageFollowsAnotherThenItTakesLongerToBeOver() {
		this.outage.failed(0);
		this.outage.triedAgain(0);
		assertThat(this.outage.end(SECOND)).isTrue();
		assertThat(this.outage.failed(2 * SECOND)).isTrue();
		assertThat(this.outage.triedAgain(2 * SECOND)).isEqualTo(5 * SECOND);
		assertThat(this.outage.end(3 * SECOND)).isFalse();
		assertThat(this.outage.end(7 * SECOND)).isTrue();
		assertThat(this.outage.failed(17 * SECOND)).isTrue();
		assertThat(this.outage.triedAgain(17 * SECOND)).isEqualTo(SECOND / 2);
	}

}
