package dev.sockets.loop.stream;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.EventLoop;

/**
 * Handles what a channel received on threads of an executor: one thread at a time, in
 * order, the messages of one read as one batch whose replies leave together. Reading is
 * paused while more than {@value #MOST_WAITING} messages wait.
 */
public final class SerialQueue implements Runnable {

	private static final int MOST_WAITING = 1024;

	private static final int FEW_WAITING = 256;

	private static final int BATCH_BYTES = 4 * 1024;

	private final StreamChannel channel;

	private final Executor executor;

	private final Consumer<Object> handler;

	private final ObjLongConsumer<List<@Nullable Object>> timer;

	private final Queue<WaitingBatch> batches = new ConcurrentLinkedQueue<>();

	private final AtomicInteger waiting = new AtomicInteger();

	private volatile @Nullable WaitingBatch handling;

	/**
	 * Creates a queue.
	 * @param channel the channel
	 * @param executor runs the handler
	 * @param handler called for each item
	 * @param timer told how many nanoseconds the handler took for the items of a batch;
	 * those that were dropped are {@code null}
	 */
	public SerialQueue(StreamChannel channel, Executor executor, Consumer<Object> handler,
			ObjLongConsumer<List<@Nullable Object>> timer) {
		this.channel = channel;
		this.executor = executor;
		this.handler = handler;
		this.timer = timer;
	}

	/**
	 * Returns whether everything added was handled.
	 * @return whether nothing waits or is being handled
	 */
	public boolean isIdle() {
		return this.waiting.get() == 0;
	}

	/**
	 * Adds items. Called by the thread that the channel's reading belongs to.
	 * @param items what to handle; changed by the queue only
	 * @param bytes how many bytes they are
	 */
	public void add(List<Object> items, long bytes) {
		WaitingBatch batch = new WaitingBatch(items, bytes);
		this.batches.add(batch);
		this.channel.hold(batch.bytes());
		int before = this.waiting.getAndAdd(items.size());
		if (before + items.size() > MOST_WAITING) {
			this.channel.pause(PauseReason.BACKLOG);
			goOnReading();
		}
		if (before == 0) {
			try {
				this.executor.execute(this);
			}
			catch (Throwable ex) {
				run();
			}
		}
	}

	@Override
	public void run() {
		EventLoop loop = this.channel.loop();
		int handled;
		do {
			handled = handleBatches(loop);
		}
		while (this.waiting.addAndGet(-handled) > 0);
		goOnReading();
	}

	/** What is taken counts as handled whatever is thrown, else nobody would go on. */
	private int handleBatches(EventLoop loop) {
		int handled = 0;
		guarded(this::collectReplies);
		WaitingBatch batch;
		while (handled < MOST_WAITING && (batch = this.batches.poll()) != null) {
			handled += batch.size();
			this.handling = batch;
			handle(batch, loop);
			this.handling = null;
			this.channel.release(batch.release());
		}
		guarded(this.channel.flusher()::endOwnBatch);
		Thread.interrupted();
		return handled;
	}

	private void collectReplies() {
		this.channel.flusher().beginBatch(new ReplyBatch(BATCH_BYTES));
	}

	private void handle(WaitingBatch batch, EventLoop loop) {
		long tick = loop.tick();
		long start = System.nanoTime();
		for (int i = 0; i < batch.size(); i++) {
			handle(batch.get(i));
			Thread.interrupted();
			long now = loop.tick();
			if (now != tick) {
				tick = now;
				guarded(this.channel.flusher()::flushOwnBatch);
			}
		}
		guarded(() -> this.timer.accept(batch.items(), System.nanoTime() - start));
	}

	private void handle(@Nullable Object item) {
		try {
			if (item != null) {
				this.handler.accept(item);
			}
		}
		catch (Throwable ex) {
			this.channel.loop().fail(ex);
		}
	}

	private void guarded(Runnable step) {
		try {
			step.run();
		}
		catch (Throwable ex) {
			this.channel.loop().fail(ex);
		}
	}

	/**
	 * Drops what waits, as nobody wants it any more.
	 * @param dropped which of the items are dropped; only of lists that can be changed
	 */
	public void drop(Predicate<Object> dropped) {
		WaitingBatch handling = this.handling;
		if (handling != null) {
			drop(handling, dropped);
		}
		this.batches.forEach((batch) -> drop(batch, dropped));
	}

	private void drop(WaitingBatch batch, Predicate<Object> dropped) {
		batch.drop(dropped);
		this.channel.release(batch.release());
	}

	private void goOnReading() {
		if (this.waiting.get() <= FEW_WAITING) {
			this.channel.resume(PauseReason.BACKLOG);
		}
	}

}
