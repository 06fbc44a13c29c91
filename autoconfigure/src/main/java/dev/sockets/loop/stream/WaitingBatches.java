package dev.sockets.loop.stream;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The batches that wait in one {@link SerialQueue}, and how far the first one is handled.
 * Added to by the reading thread; {@link #forEach} is open to all. The rest belongs to
 * the thread that handles, and the next one takes it over.
 */
final class WaitingBatches {

	private final Queue<WaitingBatch> batches = new ConcurrentLinkedQueue<>();

	private volatile @Nullable WaitingBatch handling;

	/** How many items of that batch are handled. */
	private int position;

	void add(WaitingBatch batch) {
		this.batches.add(batch);
	}

	/**
	 * Returns the batch that is to be handled.
	 * @return the one that was begun, else the oldest; {@code null} when there is none
	 */
	@Nullable WaitingBatch next() {
		WaitingBatch batch = this.handling;
		if (batch == null) {
			batch = this.batches.poll();
			this.position = 0;
			this.handling = batch;
		}
		return batch;
	}

	/**
	 * Returns whether a batch is being handled. Open to all threads.
	 * @param batch the batch
	 * @return whether it is, or waits for the application in its middle
	 */
	boolean isBegun(WaitingBatch batch) {
		return this.handling == batch;
	}

	int position() {
		return this.position;
	}

	/**
	 * Takes an item.
	 * @param batch the batch that is being handled
	 * @return the item; {@code null} when it was dropped
	 */
	@Nullable Object nextItem(WaitingBatch batch) {
		return batch.get(this.position++);
	}

	/** The batch was handled. */
	void done() {
		this.handling = null;
	}

	/**
	 * Does something with all, also with the one that is being handled.
	 * @param action what to do
	 */
	void forEach(Consumer<WaitingBatch> action) {
		WaitingBatch handling = this.handling;
		if (handling != null) {
			action.accept(handling);
		}
		this.batches.forEach(action);
	}

}
