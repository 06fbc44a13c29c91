package dev.sockets.runtime.tcp;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;

import dev.sockets.event.DisconnectReason;
import dev.sockets.runtime.Promise;

/**
 * Why a connection ends, and when it has. Open to all threads.
 */
final class ConnectionEnd {

	private static final AtomicReferenceFieldUpdater<ConnectionEnd, CloseReason> REASON = AtomicReferenceFieldUpdater
		.newUpdater(ConnectionEnd.class, CloseReason.class, "reason");

	private volatile @Nullable CloseReason reason;

	/** Made when it is asked for. */
	private volatile @Nullable CompletableFuture<DisconnectReason> told;

	/**
	 * The connection is to end, or cannot go on.
	 * @param reason why; the first reason stays
	 */
	void begin(CloseReason reason) {
		REASON.compareAndSet(this, null, reason);
	}

	boolean hasBegun() {
		return this.reason != null;
	}

	CloseReason reason() {
		CloseReason reason = this.reason;
		return (reason != null) ? reason : new CloseReason(DisconnectReason.LOCAL, null);
	}

	/** It was told, and everything before it. */
	void complete() {
		told().complete(reason().reason());
	}

	CompletableFuture<DisconnectReason> whenTold() {
		return told().copy();
	}

	private CompletableFuture<DisconnectReason> told() {
		CompletableFuture<DisconnectReason> told = this.told;
		if (told == null) {
			synchronized (this) {
				told = this.told;
				if (told == null) {
					told = new Promise<>();
					this.told = told;
				}
			}
		}
		return told;
	}

}
