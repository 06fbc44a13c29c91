package dev.sockets.loop;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.testkit.TestedEngine;
import dev.sockets.testkit.ThrowingLog;
import dev.sockets.testkit.Unspeakable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class EventLoopTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	@Test
	void whenALaterSelectorCannotBeOpenedThenTheEarlierOnesAreClosed() {
		List<Selector> opened = new CopyOnWriteArrayList<>();
		EventLoopGroup loops = new EventLoopGroup(3, () -> {
			if (opened.size() == 2) {
				throw new IOException("Too many open files");
			}
			opened.add(Selector.open());
			return opened.get(opened.size() - 1);
		});
		assertThatThrownBy(loops::acquire).hasMessage("Too many open files");
		assertThat(opened).hasSize(2).noneMatch(Selector::isOpen);
		assertThatThrownBy(loops::next).isInstanceOf(IllegalStateException.class);
	}

	@Test
	void whenTheSelectorFailsThenAnotherOneWatchesTheSame() throws IOException {
		AtomicBoolean failing = new AtomicBoolean();
		List<Selector> opened = new CopyOnWriteArrayList<>();
		EventLoopGroup loops = new EventLoopGroup(1, () -> {
			opened.add(opened.isEmpty() ? new FailingSelector(failing::get) : Selector.open());
			return opened.get(opened.size() - 1);
		});
		loops.acquire();
		try (PipeReader reader = new PipeReader(loops.next())) {
			reader.write(1);
			Awaitility.await().until(() -> reader.received.equals(List.of(1)));
			failing.set(true);
			reader.registration.loop().wakeUp();
			Awaitility.await().until(() -> opened.size() == 2);
			reader.write(2);
			Awaitility.await().until(() -> reader.received.equals(List.of(1, 2)));
			assertThat(opened.get(0).isOpen()).isFalse();
			reader.registration.interestOff(SelectionKey.OP_READ);
			reader.write(3);
			reader.registration.interestOn(SelectionKey.OP_READ);
			Awaitility.await().until(() -> reader.received.equals(List.of(1, 2, 3)));
		}
		finally {
			loops.release();
		}
		Awaitility.await().atMost(SOON).until(() -> opened.stream().noneMatch(Selector::isOpen));
	}

	@Test
	void whenAllSelectorsFailThenTheLoopBacksOffUntilOneWorks() throws IOException {
		AtomicBoolean failing = new AtomicBoolean(true);
		AtomicInteger tries = new AtomicInteger();
		EventLoopGroup loops = new EventLoopGroup(1, () -> new FailingSelector(() -> {
			boolean fails = failing.get();
			if (fails) {
				tries.incrementAndGet();
			}
			return fails;
		}));
		long start = System.nanoTime();
		loops.acquire();
		try (PipeReader reader = new PipeReader(loops.next())) {
			Awaitility.await().until(() -> tries.get() > 0);
			Awaitility.await().pollDelay(Duration.ofMillis(500)).until(() -> true);
			int tried = tries.get();
			int seconds = (int) TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
			assertThat(tried).as("begun anew after each time in which the loop was held up")
				.isBetween(1, 12 * (1 + seconds));
			failing.set(false);
			reader.write(1);
			Awaitility.await().atMost(SOON).until(() -> reader.received.equals(List.of(1)));
		}
		finally {
			loops.release();
		}
	}

	@Test
	void whenAFailureCannotEvenBeReportedThenTheLoopGoesOn() throws IOException {
		EventLoop loop = new EventLoop("never started", new Watchdog(new LoopClock(), "never started"), Selector::open,
				MemoryBudget.ofHeap());
		loop.stop();
		assertThatCode(() -> loop.fail(new Unspeakable())).doesNotThrowAnyException();
	}

	@Test
	@SuppressWarnings("try")
	void whenTheLogThrowsThenTheWatchdogGoesOnAfterAFailure() throws IOException {
		EventLoopGroup loops = TestedEngine.loops(1);
		loops.acquire();
		AtomicBoolean blocked = new AtomicBoolean(true);
		try (ThrowingLog log = new ThrowingLog();
				PipeReader late = new PipeReader(loops.next());
				PipeReader other = new PipeReader(loops.next())) {
			late.onHeld = () -> {
				throw new Unspeakable();
			};
			late.onRead = () -> {
				while (blocked.get()) {
					LockSupport.parkNanos(1_000_000);
				}
			};
			late.write(1);
			Awaitility.await().atMost(SOON).until(() -> late.received.equals(List.of(1)));
			other.write(2);
			Awaitility.await().atMost(SOON).until(() -> other.received.equals(List.of(2)));
			assertThat(loops.dead()).isZero();
		}
		finally {
			blocked.set(false);
			loops.release();
		}
	}

	@Test
	void whenALoopOrTheWatchdogHasDiedThenItGoesOnWithAnotherThread() throws IOException {
		AtomicInteger watchdogs = new AtomicInteger();
		AtomicInteger runners = new AtomicInteger();
		Watchdog watchdog = new Watchdog(new LoopClock(), (task) -> {
			boolean dies = watchdogs.incrementAndGet() < 3;
			return new Thread(dies ? () -> {
			} : task, "mortal-watchdog");
		});
		EventLoop loop = new EventLoop("mortal-loop", watchdog, Selector::open, MemoryBudget.ofHeap(),
				(runner, name) -> new LoopThread(runner, name) {

					@Override
					public void run() {
						int number = runners.incrementAndGet();
						if (number != 2 && number != 3) {
							super.run();
						}
					}

				});
		loop.start();
		watchdog.start();
		try (PipeReader reader = new PipeReader(loop); PipeReader late = new PipeReader(loop)) {
			AtomicBoolean blocked = new AtomicBoolean(true);
			Awaitility.await().atMost(SOON).until(() -> watchdogs.get() == 3);
			late.onRead = () -> {
				while (blocked.get()) {
					LockSupport.parkNanos(1_000_000);
				}
			};
			late.write(1);
			Awaitility.await().atMost(SOON).until(() -> runners.get() >= 4);
			reader.write(2);
			Awaitility.await().atMost(SOON).until(() -> reader.received.equals(List.of(2)));
			blocked.set(false);
			Awaitility.await().atMost(SOON).until(() -> late.holds.get() == 0);
			assertThat(watchdog.dead()).isZero();
		}
		finally {
			watchdog.stop();
		}
	}

	@Test
	void whenOneOfManyThrowsOnATickThenTheOthersTickOn() throws IOException {
		EventLoopGroup loops = TestedEngine.loops(1);
		loops.acquire();
		try (PipeReader one = new PipeReader(loops.next());
				PipeReader two = new PipeReader(loops.next());
				PipeReader three = new PipeReader(loops.next())) {
			for (PipeReader reader : List.of(one, two, three)) {
				reader.onTick = () -> {
					throw new Unspeakable();
				};
			}
			Awaitility.await()
				.atMost(SOON)
				.until(() -> List.of(one, two, three).stream().allMatch((reader) -> reader.ticks.get() > 1));
		}
		finally {
			loops.release();
		}
	}

	@Test
	void whenSignalsComeFromManyThreadsThenEachIsDelivered() throws Exception {
		EventLoopGroup loops = TestedEngine.loops(1);
		loops.acquire();
		try {
			List<Counting> counting = new ArrayList<>();
			for (int i = 0; i < 100; i++) {
				counting.add(new Counting(loops.next()));
			}
			List<Thread> threads = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				Thread thread = new Thread(() -> {
					for (int n = 1; n <= 1000; n++) {
						for (Counting one : counting) {
							one.wanted.incrementAndGet();
							one.registration.signal(PipeReader.REGISTER);
						}
					}
				});
				thread.start();
				threads.add(thread);
			}
			for (Thread thread : threads) {
				thread.join();
			}
			Awaitility.await()
				.atMost(SOON)
				.until(() -> counting.stream().allMatch((one) -> one.seen.get() == one.wanted.get()));
		}
		finally {
			loops.release();
		}
	}

	@Test
	void whenALoopIsOpenedForOneUserThenItIsWatchedAndEndsAlone() throws IOException {
		EventLoopGroup loops = TestedEngine.loops(1);
		assertThatThrownBy(() -> loops.openLoop("own")).isInstanceOf(IllegalStateException.class);
		loops.acquire();
		try {
			EventLoop own = loops.openLoop("own");
			assertThat(loops.next()).isSameAs(loops.next()).isNotSameAs(own);
			AtomicBoolean blocked = new AtomicBoolean(true);
			try (PipeReader late = new PipeReader(own); PipeReader other = new PipeReader(own)) {
				late.onRead = () -> {
					while (blocked.get()) {
						LockSupport.parkNanos(1_000_000);
					}
				};
				late.write(1);
				other.write(2);
				Awaitility.await().atMost(SOON).until(() -> other.received.equals(List.of(2)));
				Awaitility.await().atMost(SOON).until(() -> late.holds.get() == 1);
				blocked.set(false);
				Awaitility.await().atMost(SOON).until(() -> late.holds.get() == 0);
			}
			own.stop();
			Awaitility.await()
				.atMost(SOON)
				.until(() -> Thread.getAllStackTraces().keySet().stream().noneMatch((t) -> t.getName().equals("own")));
			try (PipeReader reader = new PipeReader(loops.next())) {
				reader.write(3);
				Awaitility.await().atMost(SOON).until(() -> reader.received.equals(List.of(3)));
			}
		}
		finally {
			loops.release();
		}
	}

	@Test
	void whenASelectableReadsWhileHeldThenItIsToldOfBytesBesideTheLateThread() throws IOException {
		EventLoopGroup loops = TestedEngine.loops(1);
		loops.acquire();
		AtomicBoolean blocked = new AtomicBoolean(true);
		try (PipeReader reader = new PipeReader(loops.next())) {
			reader.whileHeld = SelectionKey.OP_READ;
			AtomicBoolean first = new AtomicBoolean(true);
			reader.onRead = () -> {
				boolean blocks = first.getAndSet(false);
				while (blocked.get() && blocks) {
					LockSupport.parkNanos(1_000_000);
				}
			};
			reader.write(1);
			Awaitility.await().atMost(SOON).until(() -> reader.holds.get() == 1);
			reader.write(2);
			Awaitility.await().atMost(SOON).until(() -> reader.received.equals(List.of(1, 2)));
			Awaitility.await().atMost(SOON).until(() -> reader.holds.get() == 1);
			blocked.set(false);
			Awaitility.await().atMost(SOON).until(() -> reader.holds.get() == 0);
		}
		finally {
			blocked.set(false);
			loops.release();
		}
	}

	/** Sees each time how many signals it was to get. */
	private static final class Counting implements Selectable {

		private final AtomicInteger wanted = new AtomicInteger();

		private final AtomicInteger seen = new AtomicInteger();

		private final Registration registration;

		Counting(EventLoop loop) {
			this.registration = new Registration(loop, this);
		}

		@Override
		public void ready(int operations, LoopRunner runner) {
		}

		@Override
		public void signalled(int signals, LoopRunner runner) {
			this.seen.set(this.wanted.get());
		}

		@Override
		public boolean guarded() {
			return true;
		}

	}

}
