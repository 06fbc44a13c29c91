package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

import dev.sockets.loop.EventLoop;
import dev.sockets.loop.EventLoopGroup;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.runtime.LifecycleWork;

/**
 * What a server or client runs on, and has under way: the event loops and its
 * connections.
 *
 * @param loops the event loops
 * @param registry its connections
 * @param events tells its listeners
 */
public record ConnectionWork(EventLoopGroup loops, ConnectionRegistry registry,
		EndpointEvents events) implements LifecycleWork {

	@Override
	public void acquire() throws IOException {
		this.loops.acquire();
		this.registry.begin();
	}

	@Override
	public void release() {
		this.loops.release();
	}

	@Override
	public boolean mayBeCalling() {
		return EventLoop.isLoopThread();
	}

	@Override
	public CompletableFuture<Void> whenHandled() {
		return this.registry.whenEmpty().thenCompose((nothing) -> this.events.whenTold());
	}

	@Override
	public void cutOff() {
		this.registry.cutOff();
	}

}
