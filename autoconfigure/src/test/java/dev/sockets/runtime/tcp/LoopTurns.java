package dev.sockets.runtime.tcp;

import java.util.concurrent.CompletableFuture;

import dev.sockets.loop.EventLoop;
import dev.sockets.loop.LoopRunner;
import dev.sockets.loop.Registration;
import dev.sockets.loop.Selectable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Turns of a loop, which a busy machine may hold up for long.
 */
final class LoopTurns {

	private LoopTurns() {
	}

	/** Waits until a loop has served what was ready before. */
	static void await(EventLoop loop) {
		for (int turn = 0; turn < 3; turn++) {
			Turn next = new Turn(new CompletableFuture<>());
			new Registration(loop, next).signal(1);
			assertThat(next.begun).succeedsWithin(TestEndpoints.SOON);
		}
	}

	private record Turn(CompletableFuture<Void> begun) implements Selectable {

		@Override
		public void signalled(int signals, LoopRunner runner) {
			this.begun.complete(null);
		}

		@Override
		public void ready(int operations, LoopRunner runner) {
		}

		@Override
		public boolean guarded() {
			return false;
		}

	}

}
