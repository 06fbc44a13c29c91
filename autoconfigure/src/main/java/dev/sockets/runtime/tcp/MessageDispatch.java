package dev.sockets.runtime.tcp;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.sockets.InboundHandler;
import dev.sockets.loop.EventLoop;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.MessageObserver;

/**
 * The handlers of one endpoint's messages, and where they run now.
 */
final class MessageDispatch {

	private static final Log logger = LogFactory.getLog(MessageDispatch.class);

	private static final int OFTEN = 10;

	private static final long PERIOD_NANOS = 1_000_000_000;

	private final ConnectionSettings settings;

	private final Executor executor;

	private final MessageObserver observer;

	private final List<InboundHandler<? super Connection>> direct = new CopyOnWriteArrayList<>();

	/** Threads that are inside a handler or listener, but for the event loops'. */
	private final Set<Thread> inside = ConcurrentHashMap.newKeySet();

	private volatile boolean inline;

	private long periodStart = System.nanoTime();

	private int takeOvers;

	MessageDispatch(ConnectionSettings settings, Executor executor, MessageObserver observer) {
		this.settings = settings;
		this.executor = (task) -> executor.execute(() -> inside(task));
		this.observer = observer;
		this.inline = settings.dispatch() == Dispatch.LOOP
				|| (settings.dispatch() == Dispatch.AUTO && settings.rpc() == null);
	}

	MessageObserver observer() {
		return this.observer;
	}

	void add(InboundHandler<? super Connection> handler) {
		this.direct.add(handler);
	}

	boolean remove(InboundHandler<? super Connection> handler) {
		return this.direct.remove(handler);
	}

	/**
	 * Calls the handlers that were added directly, and sends what they return.
	 * @param connection the connection of the message
	 * @param payload its payload
	 * @throws Exception what a handler throws
	 */
	void handle(DefaultConnection connection, Object payload) throws Exception {
		for (InboundHandler<? super Connection> handler : this.direct) {
			Object reply = handler.handle(connection, payload);
			if (reply instanceof CompletionStage<?> later) {
				later.whenComplete((result, failure) -> replyLater(connection, result, failure));
			}
			else if (reply != null) {
				connection.send(reply);
			}
		}
	}

	private void replyLater(DefaultConnection connection, @Nullable Object reply, @Nullable Throwable failure) {
		if (failure != null) {
			connection.reader().delivery().handlerFailed(failure);
		}
		else if (reply != null) {
			connection.sendAsync(reply).whenComplete((result, sendFailure) -> {
				if (sendFailure != null) {
					connection.reader().delivery().handlerFailed(sendFailure);
				}
			});
		}
	}

	/**
	 * Runs what may call handlers or listeners.
	 * @param task what to run
	 */
	void inside(Runnable task) {
		Thread thread = Thread.currentThread();
		boolean entered = this.inside.add(thread);
		try {
			task.run();
		}
		finally {
			if (entered) {
				this.inside.remove(thread);
			}
		}
	}

	/**
	 * Returns whether the calling thread is inside a handler or listener of this
	 * endpoint, but for those that an event loop runs.
	 * @return whether it is
	 */
	boolean isInside() {
		return this.inside.contains(Thread.currentThread());
	}

	/**
	 * Returns whether the calling thread might be inside a handler or listener of this
	 * endpoint, which must not wait for the endpoint's end.
	 * @return whether it is, or is an event loop's
	 */
	boolean mayBeInside() {
		return EventLoop.isLoopThread() || isInside();
	}

	boolean areInline() {
		return this.inline;
	}

	Executor executor() {
		return this.executor;
	}

	/**
	 * A handler has blocked an event loop. Handlers that do so more than {@value #OFTEN}
	 * times within a second run on threads of their own from then on.
	 */
	synchronized void takenOver() {
		long now = System.nanoTime();
		if (now - this.periodStart > PERIOD_NANOS) {
			this.periodStart = now;
			this.takeOvers = 0;
		}
		this.takeOvers++;
		if (this.takeOvers > OFTEN && this.inline) {
			this.inline = false;
			logger.info("Handlers of '" + this.settings.path() + "' block often, so they run on threads from now on; "
					+ "set " + this.settings.path() + ".dispatch to 'thread' to have that from the start");
		}
	}

}
