package dev.sockets.backplane.redis;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import dev.sockets.backplane.BackplaneEngine.Listener;

/**
 * Tells the listener one thing at a time, whichever thread it comes from, and nothing
 * after the end.
 */
final class Teller {

	private final Listener listener;

	private final ReentrantLock lock = new ReentrantLock();

	private volatile boolean over;

	Teller(Listener listener) {
		this.listener = listener;
	}

	void received(String channel, byte[] message) {
		tell((told) -> told.received(channel, message));
	}

	void subscribed(String channel) {
		tell((told) -> told.subscribed(channel));
	}

	void connected() {
		tell(Listener::connected);
	}

	void lost(Throwable cause) {
		tell((told) -> told.lost(cause));
	}

	private void tell(Consumer<Listener> news) {
		this.lock.lock();
		try {
			if (!this.over) {
				news.accept(this.listener);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Waits a little for who is being told, unless that is the caller. */
	void end() {
		this.over = true;
		try {
			if (this.lock.tryLock(1, TimeUnit.SECONDS)) {
				this.lock.unlock();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
