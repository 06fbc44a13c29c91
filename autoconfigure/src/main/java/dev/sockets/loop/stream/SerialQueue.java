package dev.sockets.loop.stream;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.EventLoop;

/**
 * Handles what a channel received on threads of an executor: one thread at a time, in
 * order, the messages of one read as one batch whose replies leave together. Reading is
 * paused while more than {@value #MOST_WAITING} messages wait. While the application has
 * paused reading, what was read already waits too.
 */
public final class SerialQueue implements Runnable {

	private static final int MOST_WAITING = 1024;

	private static final int FEW_WAITING = 256;

	private static final int BATCH_BYTES = 4 * 1024;

	private final StreamChannel channel;

	private final Executor executor;

	private final Consumer<Object> handler;

	private final ObjLongConsumer<List<@Nullable Object>> timer;

	private final WaitingBatches batches = new WaitingBatches();

	private final AtomicInteger waiting = new AtomicInteger();

	/** Whether something waits for the application to go on reading. */
	private final AtomicBoolean held = new AtomicBoolean();

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
		long held = batch.bytes();
		this.batches.add(batch);
		this.channel.hold(held);
		int before = this.waiting.getAndAdd(items.size());
		int waiting = before + items.size();
		if (waiting > MOST_WAITING) {
			this.channel.pause(PauseReason.BACKLOG);
			goOnReading();
		}
		if (before <= 0) {
			goOnBehind(waiting);
		}
	}

	/**
	 * Nobody handles what was added. Less than nothing has waited when some of it was
	 * handled before it was counted.
	 */
	private void goOnBehind(int waiting) {
		if (waiting > 0) {
			start();
		}
		else {
			goOnReading();
		}
	}

	/**
	 * The calling thread, which handles on its event loop what the channel received, has
	 * left reading to another one: what that adds is handled after it. Called when the
	 * queue is idle, or was until the thread began.
	 */
	public void enter() {
		this.waiting.incrementAndGet();
		this.channel.loop().entered(this.channel.port());
	}

	/** The thread that has {@linkplain #enter() entered} has handled what it had. */
	public void leave() {
		guarded(this.channel.flusher()::endOwnBatch);
		this.channel.loop().left(this.channel.port());
		if (this.waiting.decrementAndGet() > 0) {
			start();
		}
		else {
			goOnReading();
		}
	}

	@Override
	public void run() {
		int handled;
		do {
			handled = handleBatches();
		}
		while (this.waiting.addAndGet(-handled) > 0 && !isHeld());
		goOnReading();
	}

	/**
	 * Returns whether to leave the rest to {@link #goOn()}. When that has come meanwhile
	 * there is nobody else who goes on.
	 */
	private boolean isHeld() {
		if (!this.channel.holdsBack()) {
			return false;
		}
		this.held.set(true);
		return this.channel.holdsBack() || !this.held.compareAndSet(true, false);
	}

	/**
	 * Handles what has waited for the application. Called when it goes on reading, and
	 * when the channel has come to its end.
	 */
	public void goOn() {
		if (this.held.compareAndSet(true, false)) {
			start();
		}
	}

	private void start() {
		try {
			this.executor.execute(this);
		}
		catch (Throwable ex) {
			run();
		}
	}

	/** What is taken counts as handled whatever is thrown, else nobody would go on. */
	private int handleBatches() {
		int handled = 0;
		guarded(this::collectReplies);
		while (handled < MOST_WAITING && !this.channel.holdsBack()) {
			WaitingBatch batch = this.batches.next();
			if (batch == null) {
				break;
			}
			handled += handle(batch);
		}
		guarded(this.channel.flusher()::endOwnBatch);
		Thread.interrupted();
		return handled;
	}

	private void collectReplies() {
		this.channel.flusher().beginBatch(new ReplyBatch(BATCH_BYTES));
	}

	/** Handles a batch, or as much of it as the application wants now. */
	private int handle(WaitingBatch batch) {
		EventLoop loop = this.channel.loop();
		long tick = loop.tick();
		long start = System.nanoTime();
		int first = this.batches.position();
		while (this.batches.position() < batch.size() && !this.channel.holdsBack()) {
			handle(this.batches.nextItem(batch));
			Thread.interrupted();
			long now = loop.tick();
			if (now != tick) {
				tick = now;
				guarded(this.channel.flusher()::flushOwnBatch);
			}
		}
		int last = this.batches.position();
		guarded(() -> this.timer.accept(batch.items().subList(first, last), System.nanoTime() - start));
		if (last == batch.size()) {
			this.batches.done();
			this.channel.release(batch.release());
		}
		return last - first;
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
	 * Drops what waits, as nobody wants it any more. What is being handled counts until
	 * its handler has returned.
	 * @param dropped which of the items are dropped; only of lists that can be changed
	 */
	public void drop(Predicate<Object> dropped) {
		this.batches.forEach((batch) -> {
			batch.drop(dropped);
			if (!this.batches.isBegun(batch)) {
				this.channel.release(batch.release());
			}
		});
	}

	/**
	 * Pauses reading until everything that was added is handled. Called by the thread
	 * that the channel's reading belongs to, when it has added something.
	 */
	public synchronized void pauseUntilIdle() {
		this.channel.pause(PauseReason.ONE_BY_ONE);
		goOnWhenIdle();
	}

	/** Who has found the queue idle is not to go on behind what was added since. */
	private synchronized void goOnWhenIdle() {
		if (isIdle()) {
			this.channel.resume(PauseReason.ONE_BY_ONE);
		}
	}

	private void goOnReading() {
		goOnWhenIdle();
		if (this.waiting.get() <= FEW_WAITING) {
			this.channel.resume(PauseReason.BACKLOG);
		}
	}

}
