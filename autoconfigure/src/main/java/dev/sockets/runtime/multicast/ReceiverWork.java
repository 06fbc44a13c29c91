package dev.sockets.runtime.multicast;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.EventLoop;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.runtime.LifecycleWork;

/**
 * What a receiver has under way: the datagrams of its session that wait for handlers.
 */
final class ReceiverWork implements LifecycleWork {

	private final EndpointEvents events;

	private volatile @Nullable ReceiverSession session;

	private volatile CompletableFuture<Void> handled = CompletableFuture.completedFuture(null);

	ReceiverWork(EndpointEvents events) {
		this.events = events;
	}

	/** A session ends. */
	void end(ReceiverSession session) {
		this.session = session;
		this.handled = session.close();
	}

	@Override
	public boolean mayBeCalling() {
		return EventLoop.isLoopThread();
	}

	@Override
	public CompletableFuture<Void> whenHandled() {
		return this.handled.thenCompose((nothing) -> this.events.whenTold());
	}

	@Override
	public void cutOff() {
		ReceiverSession session = this.session;
		if (session != null) {
			session.clear();
		}
	}

	/** Nothing is handled or answered any more: the port is to be free. */
	void close() {
		cutOff();
		ReceiverSession session = this.session;
		this.session = null;
		if (session != null) {
			session.release();
		}
	}

}
