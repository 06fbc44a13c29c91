package dev.sockets.runtime.backplane;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.sockets.FailureText;
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

	private final Set<LocalServer> servers = new LinkedHashSet<>();

	private final Set<String> told = new HashSet<>();

	private @Nullable Throwable cause;

	private long since;

	private long notSent;

	private long count;

	Outage(BackplaneCounters counters) {
		this.counters = counters;
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
		if (this.cause == null) {
			this.cause = why;
			this.since = System.nanoTime();
			this.notSent = this.counters.notSent();
			this.count++;
			String text = FailureText.of(why);
			this.told.add(text);
			logger.warn("The backplane is not connected, so this node serves its own connections only: " + text);
			this.servers.forEach((server) -> server.nodes().lost(why));
		}
		else {
			goOn(why);
		}
	}

	/** What keeps it cut off may be something else by now. Each is logged once. */
	private void goOn(Throwable why) {
		this.cause = why;
		String text = FailureText.of(why);
		if (this.told.size() < MOST_CAUSES && this.told.add(text)) {
			logger.warn("The backplane is still not connected: " + text);
		}
	}

	/**
	 * This node hears itself.
	 * @return whether it did not before
	 */
	synchronized boolean end() {
		if (this.cause == null) {
			return false;
		}
		Duration duration = Duration.ofNanos(System.nanoTime() - this.since);
		long dropped = this.counters.notSent() - this.notSent;
		forget();
		logger.info("The backplane is connected again after " + duration.toMillis() + " ms");
		this.servers.forEach((server) -> server.nodes().recovered(duration, dropped));
		return true;
	}

	/** This node stops. */
	synchronized void forget() {
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
