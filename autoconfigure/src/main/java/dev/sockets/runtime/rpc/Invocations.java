package dev.sockets.runtime.rpc;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.runtime.OpenAnswers;

/**
 * The requests of one connection's peer that are not answered yet: handled all at a time,
 * each on a thread of its own, or one after another. A handler that is always short is
 * called by the event loop, but not while that serves the connection: so any handler may
 * wait for what comes over it.
 */
final class Invocations {

	private static final int FEW = 2;

	private final Executor executor;

	private final RpcLink link;

	private final @Nullable Turns turns;

	private final int max;

	/** Those whose handlers are called now. */
	private final Set<Invocation> running = ConcurrentHashMap.newKeySet();

	private final OpenAnswers answers = new OpenAnswers();

	/** How many of these have a place: one that has its answer has none any more. */
	private final AtomicInteger places = new AtomicInteger();

	/** Made when there is a handler for it. */
	private volatile @Nullable Executor loop;

	/**
	 * Creates an empty set.
	 * @param executor runs handlers
	 * @param link the connection, whose event loop runs short ones
	 * @param turns who waits for whom; {@code null} when nobody does
	 * @param max how many requests may be there
	 */
	Invocations(Executor executor, RpcLink link, @Nullable Turns turns, int max) {
		this.executor = executor;
		this.link = link;
		this.turns = turns;
		this.max = max;
	}

	RpcLink link() {
		return this.link;
	}

	/**
	 * Begins to handle a request, now or when its turn comes, unless the connection was
	 * closed meanwhile, as there may be no memory for one more. Called by the reading
	 * thread.
	 * @param invocation the request
	 */
	void begin(Invocation invocation) {
		invocation.hold();
		this.answers.begin();
		int open = this.places.incrementAndGet();
		if (!this.link.connection().isOpen()) {
			left(invocation);
		}
		else if (open > this.max) {
			refuse(invocation, SocketErrorCode.TOO_MANY_REQUESTS, Refusals.tooMany(this.max));
		}
		else if (hasTurn(invocation)) {
			execute(invocation);
		}
	}

	private void refuse(Invocation invocation, SocketErrorCode code, ErrorReport error) {
		try {
			invocation.refuse(code, error);
		}
		finally {
			left(invocation);
		}
	}

	private boolean hasTurn(Invocation invocation) {
		try {
			return this.turns == null || this.turns.take(invocation);
		}
		catch (OutOfMemoryError ex) {
			left(invocation);
			throw ex;
		}
	}

	/**
	 * The answer to a request is to be sent. Called by any thread, once for each.
	 */
	void answering() {
		this.places.decrementAndGet();
	}

	/**
	 * The answer to a request is sent. Called by any thread, once for each.
	 * @param invocation the request
	 */
	void ended(Invocation invocation) {
		over(invocation);
		nextTurn();
	}

	private void nextTurn() {
		Invocation next = (this.turns != null) ? this.turns.next() : null;
		if (next != null) {
			execute(next);
		}
	}

	/** Those that no thread can be had for are refused, and the next has its turn. */
	private void execute(Invocation invocation) {
		Invocation next = invocation;
		while (next != null && !isExecuted(next, next.isShort())) {
			next = (this.turns != null) ? this.turns.next() : null;
		}
	}

	/** The loop is kept by a handler that is not short after all. */
	private void executeElsewhere(Runnable invocation) {
		if (!isExecuted((Invocation) invocation, false)) {
			nextTurn();
		}
	}

	private Executor loop() {
		Executor loop = this.loop;
		if (loop == null) {
			synchronized (this) {
				loop = this.loop;
				if (loop == null) {
					loop = this.link.loop(this.executor, this::executeElsewhere);
					this.loop = loop;
				}
			}
		}
		return loop;
	}

	private boolean isExecuted(Invocation invocation, boolean byLoop) {
		try {
			(byLoop ? loop() : this.executor).execute(invocation);
			return true;
		}
		catch (Throwable ex) {
			refuseQuietly(invocation);
			return false;
		}
	}

	/** The others wait for their turns, whatever becomes of this answer. */
	private void refuseQuietly(Invocation invocation) {
		try {
			refuse(invocation, SocketErrorCode.SHUTTING_DOWN, Refusals.stopping());
		}
		catch (Throwable ex) {
			invocation.lost(ex);
		}
	}

	private void left(Invocation invocation) {
		this.places.decrementAndGet();
		over(invocation);
	}

	private void over(Invocation invocation) {
		invocation.release();
		this.answers.end();
	}

	/**
	 * Returns whether so many requests are there that it pays to write their answers
	 * together.
	 * @return whether they are more than a few
	 */
	boolean areMany() {
		return this.answers.size() > FEW;
	}

	void entered(Invocation invocation) {
		this.running.add(invocation);
	}

	void returned(Invocation invocation) {
		this.running.remove(invocation);
	}

	/**
	 * Does something once all requests are answered.
	 * @param action what to do
	 */
	void whenIdle(Runnable action) {
		this.answers.whenNone(action);
	}

	/**
	 * Ends the request whose result the others wait for in vain. Called about ten times a
	 * second, by any thread.
	 * @param now the time, as {@link RpcLink#nanos()}
	 * @param longest how long a handler may take after it has returned
	 */
	void tick(long now, Duration longest) {
		Invocation holder = (this.turns != null) ? this.turns.holder() : null;
		if (holder != null) {
			holder.endIfLate(now, longest);
		}
	}

	/** Interrupts all handlers. */
	void interrupt() {
		this.running.forEach(Invocation::interrupt);
	}

}
