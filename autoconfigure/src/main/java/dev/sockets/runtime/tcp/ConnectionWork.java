package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

import dev.sockets.loop.EventLoopGroup;
import dev.sockets.runtime.Lifecycle;

/**
 * What a server or client runs on, and has under way: the event loops and its
 * connections.
 *
 * @param loops the event loops
 * @param registry its connections
 * @param threads its handlers
 */
record ConnectionWork(EventLoopGroup loops, ConnectionRegistry registry,
		MessageThreads threads) implements Lifecycle.Work {

	@Override
	public void acquire() throws IOException {
		this.loops.acquire();
	}

	@Override
	public void release() {
		this.loops.release();
	}

	@Override
	public boolean isCalling() {
		return this.threads.isInside() || this.registry.isServedByCaller();
	}

	@Override
	public boolean mayBeCalling() {
		return this.threads.mayBeInside();
	}

	@Override
	public CompletableFuture<Void> whenHandled() {
		return this.registry.whenEmpty();
	}

	@Override
	public void cutOff() {
		this.registry.cutOff();
	}

}
