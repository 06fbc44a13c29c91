package dev.sockets.runtime.tcp;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.sockets.event.DisconnectReason;
import dev.sockets.loop.LoopCaller;
import dev.sockets.loop.stream.PauseReason;
import dev.sockets.loop.stream.SerialQueue;
import dev.sockets.runtime.HandlerMdc;

/**
 * Takes what was received over one connection to the application, one at a time and in
 * order: on the reading thread or, when handlers run on threads, on one of those, what
 * came by one read as one batch. Fed by the reading thread.
 */
public final class ConnectionDelivery {

	/** What counts more is not to come together, as it would count too late. */
	private static final long MOST_AT_ONCE = 64 * 1024;

	private final DefaultConnection connection;

	private final ConnectionContext context;

	/** Whether messages are kept for those who poll them, too. */
	private final boolean hasInbox;

	private final RunThreads threads;

	private final @Nullable HandlerMdc mdc;

	private volatile @Nullable SerialQueue queue;

	private boolean inline;

	private boolean reading;

	private long begin;

	/** Whether the sends of those who handle a read are observed; asked once for all. */
	private boolean observesSends;

	private int count;

	private @Nullable List<Object> batch;

	private long batchBytes;

	/** Who tells something outside of a read. */
	private @Nullable Thread teller;

	/** Whether a thread has ever left. */
	private boolean left;

	ConnectionDelivery(DefaultConnection connection, ConnectionContext context) {
		this.connection = connection;
		this.context = context;
		this.hasInbox = context.events().hasInbox();
		this.threads = context.dispatch().threads().present();
		this.mdc = context.dispatch().mdc();
	}

	/**
	 * A read begins; it is to be {@linkplain #end() ended} in any case.
	 * @return whether its messages are handled at once
	 */
	boolean begin() {
		this.reading = true;
		this.count = 0;
		this.inline = isInline();
		if (this.inline) {
			this.connection.channel().collectReplies();
			this.observesSends = this.context.observesSends();
			this.begin = System.nanoTime();
		}
		return this.inline;
	}

	/**
	 * Returns when the read has begun whose messages are handled at once.
	 * @return a reading of {@code System.nanoTime()}
	 */
	long begun() {
		return this.begin;
	}

	/**
	 * Returns whether anybody wants to know how the sends end of those who handle the
	 * read under way, as it was when that began. Asked by the thread that handles it.
	 */
	boolean observesSends() {
		return this.observesSends;
	}

	/**
	 * A message has come by the read that was begun.
	 * @param item its payload, or a {@link MessageFault}
	 */
	void message(Object item) {
		this.count++;
		if (this.inline) {
			handle(item);
			return;
		}
		long size = this.connection.reader().frames().size();
		add(this.hasInbox ? new SizedMessage(item, size) : item);
		this.batchBytes += size;
		if (this.batchBytes > MOST_AT_ONCE) {
			addBatch();
		}
	}

	/**
	 * Nothing more is to be looked for before what has come is handled, unless its
	 * handler waits for an answer. It waits in the queue already when reading is paused:
	 * else whoever has handled what was there before would read on.
	 */
	void handleFirst() {
		if (this.inline || hasCallerLeft()) {
			return;
		}
		addBatch();
		if (hasCallerLeft()) {
			return;
		}
		SerialQueue queue = this.queue;
		if (queue != null) {
			queue.pauseUntilIdle();
			if (this.connection.requests().areWaiting()) {
				this.connection.channel().resume(PauseReason.ONE_BY_ONE);
			}
		}
	}

	/**
	 * Nothing more can be read.
	 * @param fault says why
	 */
	void fault(MessageFault fault) {
		deliver(fault);
	}

	/**
	 * The read has ended.
	 */
	void end() {
		this.reading = false;
		if (this.inline) {
			this.context.registry().counts().handled(this.count, System.nanoTime() - this.begin);
			return;
		}
		addBatch();
	}

	private void addBatch() {
		List<Object> batch = this.batch;
		long bytes = this.batchBytes;
		this.batch = null;
		this.batchBytes = 0;
		if (batch != null) {
			queue().add(batch, bytes);
		}
	}

	/**
	 * Tells the application something when its turn among the messages has come, also
	 * when the connection drops those.
	 * @param notice what to do then
	 */
	public void tell(Runnable notice) {
		Notice item = new Notice(notice);
		if (this.reading) {
			deliver(item);
		}
		else if (isInline()) {
			handleAtOnce(item);
		}
		else {
			queue().add(List.of(item), 0);
		}
	}

	private void handleAtOnce(Notice notice) {
		this.teller = Thread.currentThread();
		handle(notice);
		if (hasCallerLeft()) {
			queue().leave();
		}
		else {
			this.teller = null;
		}
	}

	/**
	 * Returns whether the calling thread tells something outside of a read, and has not
	 * left.
	 */
	boolean isTelling() {
		return this.teller == Thread.currentThread();
	}

	/** The calling thread tells something, and what comes is not to wait for it. */
	void leave() {
		this.left = true;
		this.teller = null;
		queue().enter();
	}

	/**
	 * The calling thread is inside a read, and leaves reading to another one; what that
	 * receives is handled after what the calling thread is handling.
	 */
	void leaveRead() {
		this.left = true;
		this.reading = false;
		if (this.inline) {
			this.inline = false;
			this.context.registry().counts().handled(this.count, 0);
			queue().enter();
		}
		else {
			addBatch();
		}
	}

	/**
	 * Returns whether the calling thread has left what it was told or has read.
	 * @return whether it is not to go on with that
	 */
	boolean hasCallerLeft() {
		return this.left && LoopCaller.hasLeft();
	}

	/**
	 * The calling thread, which has left, has handled what it was handling.
	 * @param inline what {@link #begin()} has returned
	 * @param begun when its read has begun
	 */
	void returned(boolean inline, long begun) {
		if (inline) {
			this.context.registry().counts().took(System.nanoTime() - begun);
			queue().leave();
		}
	}

	private void deliver(Object item) {
		if (this.inline) {
			handle(item);
		}
		else {
			add(item);
		}
	}

	private void add(Object item) {
		List<Object> batch = this.batch;
		if (batch == null) {
			batch = new ArrayList<>();
			this.batch = batch;
		}
		batch.add(item);
	}

	private boolean isInline() {
		SerialQueue queue = this.queue;
		return this.context.dispatch().areInline() && (queue == null || queue.isIdle());
	}

	private SerialQueue queue() {
		SerialQueue queue = this.queue;
		if (queue == null) {
			queue = new SerialQueue(this.connection.channel(), this.threads, this::handle, this::handled);
			this.queue = queue;
		}
		return queue;
	}

	/** Goes on with the messages that wait because reading was paused. */
	void goOn() {
		SerialQueue queue = this.queue;
		if (queue != null) {
			queue.goOn();
		}
	}

	/** Drops the messages that wait. Called by the reading thread. */
	void drop() {
		SerialQueue queue = this.queue;
		if (queue != null) {
			queue.drop((item) -> !(item instanceof Notice));
		}
	}

	private void handled(List<@Nullable Object> items, long nanos) {
		int messages = 0;
		for (Object item : items) {
			if (item != null && isMessage(item)) {
				messages++;
			}
		}
		this.context.registry().counts().handled(messages, nanos);
	}

	private static boolean isMessage(Object item) {
		return !(item instanceof Notice) && !(item instanceof MessageFault fault && fault.fatal());
	}

	/** Nobody else would see what this threw, and what comes after it would be lost. */
	private void handle(Object item) {
		try {
			if (this.mdc != null) {
				tell(item, this.mdc);
			}
			else {
				tell(item);
			}
		}
		catch (Throwable ex) {
			this.connection.close(DisconnectReason.HANDLER_ERROR, ex);
		}
	}

	private void tell(Object item, HandlerMdc mdc) {
		HandlerMdc.Scope scope = mdc.begin(this.context.endpoint(), this.connection.getId());
		try {
			tell(item);
		}
		finally {
			scope.end();
		}
	}

	private void tell(Object item) {
		if (item instanceof Notice notice) {
			notice.action().run();
		}
		else if (this.connection.isClosing() && this.connection.closing().dropsReceived()) {
			return;
		}
		else if (item instanceof SizedMessage sized) {
			tell(sized.item(), sized.bytes());
		}
		else {
			tell(item, this.hasInbox ? this.connection.reader().frames().size() : 0);
		}
	}

	private void tell(Object item, long bytes) {
		if (item instanceof MessageFault fault) {
			this.connection.reader().failures().unreadable(fault);
		}
		else {
			MessageReception.handle(this.connection, item, bytes);
		}
	}

}
