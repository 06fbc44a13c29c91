package dev.sockets.runtime.multicast;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.sockets.runtime.Lifecycle;

/**
 * What a receiver has under way: the datagrams of its session that wait for handlers.
 */
final class ReceiverWork implements Lifecycle.Work {

	private final Delivery delivery;

	private volatile @Nullable ReceiverSession session;

	private volatile CompletableFuture<Void> handled = CompletableFuture.completedFuture(null);

	ReceiverWork(Delivery delivery) {
		this.delivery = delivery;
	}

	/**
	 * A session ends.
	 */
	void end(ReceiverSession session) {
		this.session = session;
		this.handled = session.close();
	}

	@Override
	public boolean isCalling() {
		return this.delivery.isCalling();
	}

	@Override
	public CompletableFuture<Void> whenHandled() {
		return this.handled.copy();
	}

	@Override
	public void cutOff() {
		ReceiverSession session = this.session;
		if (session != null) {
			session.clear();
		}
	}

}
