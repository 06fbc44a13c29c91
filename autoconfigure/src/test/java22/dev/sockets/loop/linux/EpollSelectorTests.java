package dev.sockets.loop.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The selector of the native engine: who is told, who wakes it, and what becomes of keys
 * that are cancelled or belong to another one by now.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class EpollSelectorTests {

	private final LinuxSelectorProvider provider = new LinuxSelectorProvider((failure) -> {
	});

	private EpollSelector selector;

	@BeforeEach
	void open() throws IOException {
		this.selector = (EpollSelector) this.provider.openSelector();
	}

	@AfterEach
	void close() throws IOException {
		this.selector.close();
	}

	@Test
	void whenItIsWokenUpBeforeItSelectsThenItReturnsAtOnceAndOnce() throws IOException {
		this.selector.wakeup();
		this.selector.wakeup();
		long begun = System.nanoTime();
		this.selector.select((key) -> {
		}, 30_000);
		assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(20));
		long longest = 0;
		for (int i = 0; i < 3; i++) {
			begun = System.nanoTime();
			this.selector.select((key) -> {
			}, 20);
			longest = Math.max(longest, System.nanoTime() - begun);
		}
		assertThat(longest).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(19));
	}

	@Test
	void whenManyWakeItUpThenNoneIsLost() throws Exception {
		int count = 20_000;
		AtomicInteger posted = new AtomicInteger();
		AtomicInteger seen = new AtomicInteger();
		Thread loop = new Thread(() -> {
			while (seen.get() < count) {
				try {
					this.selector.select((key) -> {
					}, 0);
				}
				catch (IOException ex) {
					throw new IllegalStateException(ex);
				}
				seen.set(posted.get());
			}
		});
		loop.start();
		for (int i = 1; i <= count; i++) {
			posted.set(i);
			this.selector.wakeup();
			while (i % 100 == 0 && seen.get() < i) {
				Thread.onSpinWait();
			}
		}
		loop.join(30_000);
		assertThat(loop.isAlive()).isFalse();
	}

	@Test
	void whenItIsClosedWhileAThreadSelectsThenThatReturns() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CompletableFuture<Integer> selected = CompletableFuture.supplyAsync(() -> {
			begun.countDown();
			try {
				return this.selector.select((key) -> {
				});
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}, (task) -> new Thread(task).start());
		assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
		this.selector.close();
		try {
			assertThat(selected.get(30, TimeUnit.SECONDS)).isZero();
		}
		catch (ExecutionException ex) {
			assertThat(ex).hasCauseInstanceOf(ClosedSelectorException.class);
		}
		assertThatExceptionOfType(ClosedSelectorException.class).isThrownBy(this.selector::selectNow);
		this.selector.wakeup();
		this.selector.sendBatch();
	}

	/** Touching memory that was given back would end the JVM. */
	@Test
	void whenItIsClosedWhileOthersSendAndWakeItThenTheyGoOn() throws Exception {
		for (int round = 0; round < 50; round++) {
			EpollSelector closing = (EpollSelector) this.provider.openSelector();
			AtomicBoolean over = new AtomicBoolean();
			AtomicInteger failed = new AtomicInteger();
			try (NativePair pair = new NativePair(closing)) {
				List<Thread> threads = new ArrayList<>();
				for (Task task : List.<Task>of(closing::sendBatch, closing::wakeup, pair.channel::sendHeld,
						() -> pair.key.interestOps(SelectionKey.OP_WRITE), () -> {
							closing.selectNow();
							pair.channel.writeBatched(ByteBuffer.allocate(10));
						})) {
					threads.add(new Thread(() -> repeat(task, over, failed)));
				}
				threads.forEach(Thread::start);
				while (pair.peer.getInputStream().available() == 0) {
					Thread.onSpinWait();
				}
				closing.close();
				over.set(true);
				for (Thread thread : threads) {
					thread.join();
				}
				assertThat(failed).hasValue(0);
			}
		}
	}

	private interface Task {

		void run() throws IOException;

	}

	private static void repeat(Task task, AtomicBoolean over, AtomicInteger failed) {
		while (!over.get()) {
			try {
				task.run();
			}
			catch (ClosedSelectorException | CancelledKeyException ex) {
				Thread.onSpinWait();
			}
			catch (Throwable ex) {
				failed.incrementAndGet();
				return;
			}
		}
	}

	@Test
	void whenAThreadIsInterruptedThenItGoesOnSelecting() throws Exception {
		try (NativePair pair = new NativePair(this.selector)) {
			pair.key.interestOps(SelectionKey.OP_READ);
			CompletableFuture<Integer> told = new CompletableFuture<>();
			AtomicBoolean interrupted = new AtomicBoolean();
			Thread loop = new Thread(() -> {
				try {
					int count = 0;
					while (count == 0) {
						count = this.selector.select((key) -> {
						}, 1000);
					}
					pair.channel.read(ByteBuffer.allocate(10));
					interrupted.set(Thread.currentThread().isInterrupted());
					told.complete(count);
				}
				catch (Throwable ex) {
					told.completeExceptionally(ex);
				}
			});
			loop.start();
			loop.interrupt();
			pair.peer.getOutputStream().write(1);
			assertThat(told.get(30, TimeUnit.SECONDS)).isEqualTo(1);
			assertThat(interrupted).isTrue();
			assertThat(pair.channel.isOpen()).isTrue();
		}
	}

	@Test
	void whenAKeyIsCancelledThenItsChannelCanBeWatchedByAnotherSelectorAndOnlyThatIsTold() throws IOException {
		try (EpollSelector other = (EpollSelector) this.provider.openSelector();
				NativePair pair = new NativePair(this.selector)) {
			pair.key.interestOps(SelectionKey.OP_READ);
			this.selector.selectNow();
			pair.key.cancel();
			SelectionKey key = pair.channel.register(other, SelectionKey.OP_READ);
			pair.peer.getOutputStream().write(1);
			List<SelectionKey> told = new ArrayList<>();
			while (told.isEmpty()) {
				other.select(told::add, 1000);
			}
			assertThat(told).containsExactly(key);
			assertThat(this.selector.selectNow()).isZero();
			assertThat(this.selector.keys()).isEmpty();
			assertThatExceptionOfType(CancelledKeyException.class).isThrownBy(pair.key::readyOps);
			SelectionKey again = pair.channel.register(this.selector, SelectionKey.OP_READ);
			assertThat(this.selector.selectNow((each) -> assertThat(each).isSameAs(again))).isEqualTo(1);
		}
	}

	@Test
	void whenADescriptorIsReusedThenNobodyIsToldForWhoHadItBefore() throws IOException {
		for (int i = 0; i < 200; i++) {
			NativePair first = new NativePair(this.selector);
			first.key.interestOps(SelectionKey.OP_READ);
			this.selector.selectNow();
			int number = first.channel.descriptor().number;
			first.peer.getOutputStream().write(1);
			first.channel.close();
			try (NativePair second = new NativePair(this.selector)) {
				second.key.interestOps(SelectionKey.OP_READ);
				this.selector.selectNow((key) -> assertThat(key).as("of " + number).isNotSameAs(second.key));
				second.peer.getOutputStream().write(1);
				List<SelectionKey> told = new ArrayList<>();
				while (told.isEmpty()) {
					this.selector.select(told::add, 1000);
				}
				assertThat(told).containsExactly(second.key);
			}
			first.close();
		}
		this.selector.selectNow();
		assertThat(this.selector.keys()).isEmpty();
	}

}
