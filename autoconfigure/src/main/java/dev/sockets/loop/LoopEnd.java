package dev.sockets.loop;

import java.nio.channels.SelectionKey;

/**
 * The end of one loop: after it was stopped it goes on for channels that wait for their
 * peer's end, as closing them sooner would lose what is still on the way to it. What is
 * left then is closed.
 */
final class LoopEnd {

	private final EventLoop loop;

	private volatile boolean begun;

	private volatile long by;

	LoopEnd(EventLoop loop) {
		this.loop = loop;
	}

	/** The loop is stopped. */
	void begin() {
		this.by = this.loop.nanos() + EventLoop.LINGER_NANOS;
		this.begun = true;
	}

	boolean hasBegun() {
		return this.begun;
	}

	/** Returns whether the loop needs a runner no more. */
	boolean isDue() {
		return this.begun && (this.loop.selector().keys().isEmpty() || this.loop.nanos() - this.by >= 0);
	}

	/**
	 * Delivers the last signals, and closes what is left. Called by the runner, and by
	 * each late runner that returns afterwards.
	 * @param runner the calling thread's
	 */
	synchronized void finish(LoopRunner runner) {
		SignalQueue queue = this.loop.signals();
		queue.releaseLeft();
		Registration registration;
		while ((registration = queue.next()) != null) {
			int signals = registration.takeSignals();
			if (signals != 0) {
				signal(registration, signals, runner);
			}
		}
		close();
	}

	private void signal(Registration registration, int signals, LoopRunner runner) {
		try {
			registration.selectable().signalled(signals, runner);
		}
		catch (Throwable ex) {
			this.loop.fail(ex);
		}
	}

	/** Closes what is left. */
	void close() {
		for (SelectionKey key : this.loop.selector().keys()) {
			closeQuietly(key.channel());
		}
		closeQuietly(this.loop.selector()::close);
		this.loop.ended();
	}

	private void closeQuietly(AutoCloseable closeable) {
		try {
			closeable.close();
		}
		catch (Throwable ex) {
			this.loop.fail(ex);
		}
	}

}
