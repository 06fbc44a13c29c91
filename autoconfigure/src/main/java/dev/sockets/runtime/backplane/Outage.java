package dev.sockets.runtime.backplane;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.sockets.FailureText;
import dev.sockets.backplane.BackplaneOutageException;
import dev.sockets.runtime.SafeLog;

/**
 * Whether this node is cut off from others: from when the engine has lost its connection,
 * or this node hears nothing, until it hears itself. Servers are told once of each
 * change, and so is the log; whoever causes one has them told then. Open to all threads.
 */
final class Outage {

	private static final SafeLog logger = SafeLog.of(Backplane.class);

	private static final int MOST_CAUSES = 8;

	private final BackplaneCounters counters;

	private final String self;

	private final Set<LocalServer> servers = new LinkedHashSet<>();

	private final Set<String> told = new HashSet<>();

	private @Nullable Throwable cause;

	private long since;

	private long notSent;

	private long count;

	private boolean heardOnce;

	/** Whether the engine was told to connect anew, and has not said what it has lost. */
	private boolean anew;

	/** Why this node has cut itself off. */
	private @Nullable Throwable isolation;

	/**
	 * Creates an instance that is not cut off.
	 * @param counters count what is not sent
	 * @param self who this node is, for the log
	 */
	Outage(BackplaneCounters counters, String self) {
		this.counters = counters;
		this.self = self;
	}

	/** A server starts, during an outage perhaps. */
	synchronized void add(LocalServer server) {
		this.servers.add(server);
		if (this.cause != null) {
			server.nodes().lost(this.cause);
		}
	}

	synchronized void remove(LocalServer server) {
		this.servers.remove(server);
	}

	/** This node is cut off. */
	synchronized void begin(Throwable why) {
		if (this.anew) {
			this.anew = false;
			return;
		}
		tell(why);
	}

	/**
	 * This node is cut off, and so has the engine connect anew: that it loses the
	 * connection by that is nothing new.
	 */
	synchronized void beginAnew(String why) {
		tell(new BackplaneOutageException(why));
		this.anew = true;
	}

	private void tell(Throwable why) {
		String text = FailureText.of(why);
		boolean isNew = this.told.size() < MOST_CAUSES && this.told.add(text);
		if (begins(why)) {
			logger.warn("The backplane is not connected, so this node serves its own connections only: " + text);
		}
		else if (isNew) {
			logger.warn("The backplane is still not connected: " + text);
		}
	}

	/** This node has cut itself off. */
	synchronized void isolate(String why) {
		this.isolation = new BackplaneOutageException(why);
		begins(this.isolation);
		logger.error(why, null);
	}

	/**
	 * There is a connection again, which is not all that keeps this node cut off when it
	 * has cut itself off.
	 */
	synchronized void connected() {
		this.anew = false;
		if (this.isolation != null) {
			this.cause = this.isolation;
		}
	}

	/** What keeps it cut off may be something else by now. */
	private boolean begins(Throwable why) {
		boolean begins = this.cause == null;
		this.cause = why;
		if (begins) {
			this.since = System.nanoTime();
			this.notSent = this.counters.notSent();
			this.count++;
			this.servers.forEach((server) -> server.nodes().lost(why));
		}
		return begins;
	}

	/**
	 * This node hears itself.
	 * @return whether it did not before
	 */
	synchronized boolean end() {
		boolean first = !this.heardOnce;
		this.heardOnce = true;
		this.isolation = null;
		if (this.cause == null) {
			if (first) {
				logger.info("The backplane is connected: " + this.self);
			}
			return false;
		}
		Duration duration = Duration.ofNanos(System.nanoTime() - this.since);
		long dropped = this.counters.notSent() - this.notSent;
		this.cause = null;
		this.told.clear();
		String after = "after " + duration.toMillis() + " ms";
		logger.info(first ? "The backplane is connected " + after + ": " + this.self
				: "The backplane is connected again " + after);
		this.servers.forEach((server) -> server.nodes().recovered(duration, dropped));
		return true;
	}

	/** This node stops. */
	synchronized void forget() {
		this.heardOnce = false;
		this.anew = false;
		this.isolation = null;
		this.cause = null;
		this.told.clear();
	}

	/** Returns why this node is cut off; {@code null} when it is not. */
	synchronized @Nullable Throwable cause() {
		return this.cause;
	}

	/** Returns how many there were so far. */
	synchronized long count() {
		return this.count;
	}

}
