package dev.sockets.loop;

import java.io.IOException;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TimersTests {

	private final Timers timers = new Timers();

	private final List<Registration> registrations = new ArrayList<>();

	@BeforeEach
	void openLoops() throws IOException {
		EventLoop loop = new EventLoop("never started", new Watchdog(new LoopClock(), "never started"), Selector::open,
				MemoryBudget.ofHeap());
		for (int i = 0; i < 3; i++) {
			this.registrations.add(new Registration(loop, new Ticker(loop.ticks())));
		}
		loop.stop();
	}

	@AfterEach
	void nothingElseIsDue() {
		assertThat(this.timers.send(Long.MAX_VALUE / 2)).isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void whenThereIsNoTimerThenNothingIsEverDue() {
		assertThat(this.timers.send(0)).isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void whenTimersWaitThenTheNextOneTellsHowLong() {
		this.timers.add(500, this.registrations.get(0), 2);
		this.timers.add(300, this.registrations.get(1), 2);
		assertThat(this.timers.send(100)).isEqualTo(200);
		assertThat(signals()).containsExactly(0, 0, 0);
	}

	@Test
	void whenTimersAreDueThenThoseAndNoOthersAreSent() {
		this.timers.add(500, this.registrations.get(0), 2);
		this.timers.add(300, this.registrations.get(1), 4);
		this.timers.add(400, this.registrations.get(1), 8);
		assertThat(this.timers.send(400)).isEqualTo(100);
		assertThat(signals()).containsExactly(0, 12, 0);
		assertThat(this.timers.send(500)).isEqualTo(Long.MAX_VALUE);
		assertThat(signals()).containsExactly(2, 0, 0);
	}

	@Test
	void whenTheClockWrapsAroundThenTheOrderHolds() {
		long now = Long.MAX_VALUE - 10;
		this.timers.add(now + 100, this.registrations.get(0), 2);
		this.timers.add(now + 5, this.registrations.get(1), 2);
		assertThat(this.timers.send(now)).isEqualTo(5);
		assertThat(this.timers.send(now + 5)).isEqualTo(95);
		assertThat(signals()).containsExactly(0, 2, 0);
		assertThat(this.timers.send(now + 100)).isEqualTo(Long.MAX_VALUE);
	}

	private List<Integer> signals() {
		return this.registrations.stream().map(Registration::takeSignals).toList();
	}

}
