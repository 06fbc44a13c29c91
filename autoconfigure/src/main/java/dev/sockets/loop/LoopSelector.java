package dev.sockets.loop;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The selector of one loop. When it fails it is replaced by a new one that watches the
 * same; when the new ones fail too that is done less and less often. Only
 * {@link #wakeUp()} is open to all threads.
 */
final class LoopSelector {

	/** Opens selectors. */
	interface Source {

		Selector open() throws IOException;

	}

	private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

	private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

	private final Source source;

	private volatile Selector selector;

	private long pause;

	private long failedAt;

	LoopSelector(Source source) throws IOException {
		this.source = source;
		this.selector = source.open();
	}

	Selector present() {
		return this.selector;
	}

	/**
	 * Returns what is watched.
	 * @return the keys, some of which may be cancelled; none when the selector is closed
	 */
	Set<SelectionKey> keys() {
		Selector selector = this.selector;
		return selector.isOpen() ? selector.keys() : Set.of();
	}

	/**
	 * Waits until something is ready.
	 * @param ready told what is
	 * @param timeoutNanos how long to wait; not at all when it is not positive
	 * @throws IOException when the selector fails
	 */
	void select(Consumer<SelectionKey> ready, long timeoutNanos) throws IOException {
		if (timeoutNanos <= 0) {
			this.selector.selectNow(ready);
		}
		else {
			this.selector.select(ready, (timeoutNanos + 999_999) / 1_000_000);
		}
	}

	/**
	 * Makes the selector forget what was closed, which frees ports and descriptors.
	 * @throws IOException when the selector fails
	 */
	void forgetClosed() throws IOException {
		this.selector.selectNow((key) -> {
		});
	}

	/** Has sockets send what they keep back. Open to all threads. */
	void sendBatch() {
		if (this.selector instanceof BatchingSelector batching) {
			batching.sendBatch();
		}
	}

	void wakeUp() {
		this.selector.wakeup();
	}

	/**
	 * Replaces the selector after it has failed. The present one stays when no other can
	 * be opened.
	 * @param failures told what fails
	 * @return how long to wait before the next try, in nanoseconds
	 */
	long replace(Consumer<Throwable> failures) {
		long now = System.nanoTime();
		boolean again = this.pause > 0 && now - this.failedAt < 2 * LONGEST_PAUSE;
		this.pause = again ? Math.min(this.pause * 2, LONGEST_PAUSE) : FIRST_PAUSE;
		this.failedAt = now;
		Selector failed = this.selector;
		try {
			this.selector = moveKeys(this.source.open());
			failed.close();
		}
		catch (Throwable ex) {
			failures.accept(ex);
		}
		return this.pause;
	}

	private Selector moveKeys(Selector next) {
		for (SelectionKey key : keys()) {
			((Registration) key.attachment()).move(key, next);
		}
		return next;
	}

	void close() throws IOException {
		this.selector.close();
	}

}
