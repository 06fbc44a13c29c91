package dev.sockets.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.testkit.LoopPipe;
import dev.sockets.testkit.TestedEngine;

/**
 * What was closed since it was found ready gets its signals in their turn, as those of
 * others would be lost otherwise.
 */
@Timeout(60)
class ClosedWhileReadyTests {

	private static final int COUNT = 50;

	private final EventLoopGroup loops = TestedEngine.loops(1);

	private final AtomicBoolean closed = new AtomicBoolean();

	private final CountDownLatch blocked = new CountDownLatch(1);

	private final List<PipeEnd> ends = new ArrayList<>();

	private EventLoop loop;

	@BeforeEach
	void openPipes() throws IOException {
		this.loops.acquire();
		this.loop = this.loops.next();
		for (int i = 0; i < COUNT; i++) {
			this.ends.add(new PipeEnd());
		}
	}

	@AfterEach
	void close() throws IOException {
		this.loops.release();
		for (PipeEnd end : this.ends) {
			end.pipe.close();
		}
	}

	@Test
	void whenManyAreClosedWhileTheyAreReadyThenEachGetsItsSignals() throws IOException {
		new Registration(this.loop, new Blocking()).signal(1);
		for (PipeEnd end : this.ends) {
			end.pipe.write(0);
		}
		this.blocked.countDown();
		Awaitility.await().until(() -> this.ends.stream().allMatch((end) -> end.signalled.get() >= 2));
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Keeps the loop until all pipes have something to read. */
	private final class Blocking implements Selectable {

		@Override
		public void ready(int operations, LoopRunner runner) {
		}

		@Override
		public void signalled(int signals, LoopRunner runner) {
			await(ClosedWhileReadyTests.this.blocked);
		}

		@Override
		public boolean guarded() {
			return false;
		}

	}

	private final class PipeEnd implements Selectable {

		private final AtomicInteger signalled = new AtomicInteger();

		private final LoopPipe pipe = LoopPipe.open(ClosedWhileReadyTests.this.loop);

		private final Registration registration = new Registration(ClosedWhileReadyTests.this.loop, this);

		PipeEnd() throws IOException {
			this.registration.register(this.pipe.source(), SelectionKey.OP_READ);
		}

		/** The first one that is served closes all, and has each of them told so. */
		@Override
		public void ready(int operations, LoopRunner runner) {
			if (ClosedWhileReadyTests.this.closed.compareAndSet(false, true)) {
				for (PipeEnd end : ClosedWhileReadyTests.this.ends) {
					end.closeSource();
					end.registration.signal(2);
				}
			}
		}

		private void closeSource() {
			try {
				this.pipe.source().close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Override
		public void signalled(int signals, LoopRunner runner) {
			if (this.signalled.incrementAndGet() == 1) {
				this.registration.signal(2);
			}
		}

		@Override
		public boolean guarded() {
			return true;
		}

	}

}
