package dev.sockets.tcp.endpoint;

import java.util.concurrent.Executor;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Dispatch;

/**
 * Where the handlers of one endpoint's messages run now.
 */
final class Handlers {

	private static final Log logger = LogFactory.getLog(Handlers.class);

	private static final int OFTEN = 10;

	private static final long PERIOD_NANOS = 1_000_000_000;

	private final ConnectionSettings settings;

	private final Executor executor;

	private volatile boolean inline;

	private long periodStart = System.nanoTime();

	private int takeOvers;

	Handlers(ConnectionSettings settings, Executor executor) {
		this.settings = settings;
		this.executor = executor;
		this.inline = settings.dispatch() != Dispatch.THREAD;
	}

	boolean areInline() {
		return this.inline;
	}

	boolean mayBlock() {
		return this.settings.dispatch() != Dispatch.LOOP;
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
