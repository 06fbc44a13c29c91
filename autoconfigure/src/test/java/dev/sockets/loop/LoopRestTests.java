package dev.sockets.loop;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.testkit.TestedEngine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is at rest is ticked seldom, until something stirs it.
 */
@Timeout(60)
class LoopRestTests {

	private final EventLoopGroup loops = TestedEngine.loops(1);

	private EventLoop loop;

	private PipeReader stirred;

	@BeforeEach
	void start() throws IOException {
		this.loops.acquire();
		this.loop = this.loops.next();
	}

	@AfterEach
	void stop() {
		this.loops.release();
	}

	@Test
	void whenOneIsAtRestThenItIsTickedSeldomAndTheOthersGoOn() throws IOException {
		try (PipeReader resting = resting(); PipeReader busy = new PipeReader(this.loop)) {
			awaitTicks(resting, 1);
			int before = resting.ticks.get();
			int others = busy.ticks.get();
			awaitTicks(busy, others + 50);
			assertThat(resting.ticks.get() - before).isBetween(1, 20);
		}
	}

	@Test
	void whenOneAtRestIsOnlyServedThenItStaysSo() throws IOException {
		try (PipeReader resting = resting(); PipeReader busy = new PipeReader(this.loop)) {
			awaitTicks(resting, 1);
			int before = resting.ticks.get();
			int others = busy.ticks.get();
			for (int i = 0; i < 100; i++) {
				resting.write(i);
			}
			Awaitility.await().until(() -> resting.received.size() == 100);
			awaitTicks(busy, others + 50);
			assertThat(resting.ticks.get() - before).isBetween(1, 20);
		}
	}

	@Test
	void whenOneAtRestIsStirredThenItIsTickedUntilItRests() throws IOException {
		for (Runnable stir : List.<Runnable>of(() -> this.stirred.registration.stir(),
				() -> this.stirred.registration.interestOff(SelectionKey.OP_WRITE),
				() -> this.stirred.registration.signal(PipeReader.REGISTER))) {
			try (PipeReader reader = resting(); PipeReader busy = new PipeReader(this.loop)) {
				this.stirred = reader;
				awaitTicks(reader, 1);
				reader.atRest = false;
				stir.run();
				int begun = busy.ticks.get();
				int before = reader.ticks.get();
				int others = busy.ticks.get();
				awaitTicks(busy, others + 30);
				int ticks = reader.ticks.get() - before;
				assertThat(ticks).isBetween(25, busy.ticks.get() - begun + 10);
			}
		}
	}

	@Test
	void whenOneIsStirredByManyThreadsThenItIsTickedOnceATick() throws Exception {
		try (PipeReader reader = resting(); PipeReader busy = new PipeReader(this.loop)) {
			awaitTicks(reader, 1);
			long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
			int others = busy.ticks.get();
			int before = reader.ticks.get();
			List<Thread> threads = IntStream.range(0, 4).mapToObj((i) -> new Thread(() -> {
				while (System.nanoTime() < end) {
					reader.registration.stir();
				}
			})).toList();
			threads.forEach(Thread::start);
			for (Thread thread : threads) {
				thread.join();
			}
			assertThat(reader.ticks.get() - before).isLessThanOrEqualTo(busy.ticks.get() - others + 2);
		}
	}

	@Test
	void whenATickOfOneBlocksThenAnotherTickerGoesOnWithAll() throws IOException {
		try (PipeReader late = new PipeReader(this.loop); PipeReader other = new PipeReader(this.loop)) {
			CountDownLatch goesOn = new CountDownLatch(1);
			AtomicBoolean blocked = new AtomicBoolean();
			late.onTick = () -> {
				if (blocked.compareAndSet(false, true)) {
					await(goesOn);
				}
			};
			awaitTicks(late, 1);
			awaitTicks(other, other.ticks.get() + 15);
			goesOn.countDown();
			awaitTicks(late, late.ticks.get() + 3);
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private PipeReader resting() throws IOException {
		PipeReader reader = new PipeReader(this.loop);
		reader.atRest = true;
		return reader;
	}

	private static void awaitTicks(PipeReader reader, int count) {
		Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> reader.ticks.get() >= count);
	}

}
