package dev.sockets.runtime.tcp;

import org.jspecify.annotations.Nullable;

import dev.sockets.runtime.HandlerMdc;
import dev.sockets.runtime.InboundHandlers;
import dev.sockets.runtime.SafeLog;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.MessageObserver;

/**
 * The handlers of one endpoint's messages, and where they run now.
 */
public final class MessageDispatch {

	private static final SafeLog logger = SafeLog.of(MessageDispatch.class);

	private static final int OFTEN = 10;

	private static final long PERIOD_NANOS = 1_000_000_000;

	private final ConnectionSettings settings;

	private final MessageThreads threads;

	private final MessageObserver observer;

	private final InboundHandlers<DefaultConnection> handlers;

	private final @Nullable HandlerMdc mdc;

	private volatile boolean inline;

	private long periodStart = System.nanoTime();

	private int takeOvers;

	MessageDispatch(ConnectionSettings settings, MessageThreads threads, MessageObserver observer) {
		this.settings = settings;
		this.mdc = HandlerMdc.of(settings);
		this.handlers = new InboundHandlers<>(new HandlerReplies(), settings);
		this.threads = threads;
		this.observer = observer;
		this.inline = settings.dispatch() == Dispatch.LOOP
				|| (settings.dispatch() == Dispatch.AUTO && settings.rpc() == null);
	}

	MessageObserver observer() {
		return this.observer;
	}

	/** Returns what handlers log with; {@code null} for nothing. */
	@Nullable HandlerMdc mdc() {
		return this.mdc;
	}

	public InboundHandlers<DefaultConnection> handlers() {
		return this.handlers;
	}

	public MessageThreads threads() {
		return this.threads;
	}

	boolean areInline() {
		return this.inline;
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
