package dev.sockets.runtime;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.sockets.FailureText;
import dev.sockets.SocketEndpoint;

/**
 * The lines of log that peers can cause on one endpoint. Of each kind there are only a
 * few in a period; how many more there were is told at its end. A failure is shown with
 * its stack trace when it comes from there for the first time, or when the log is at
 * level debug. Usable from any thread; throws nothing.
 */
public final class PeerLog {

	private final SocketEndpoint endpoint;

	private final Map<Object, LineRate> rates = new ConcurrentHashMap<>();

	private final FailurePlaces places = new FailurePlaces();

	/** How lines are told that were not logged, by kind. */
	private final Map<Object, SafeLog> loggers = new ConcurrentHashMap<>();

	PeerLog(SocketEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * Logs what is as it should be.
	 * @param logger where to
	 * @param kind what is counted together; one of a few
	 * @param line makes the line
	 */
	public void info(SafeLog logger, Object kind, Supplier<String> line) {
		if (isAdmitted(logger, kind)) {
			String text = text(line);
			logger.info(text);
		}
	}

	/**
	 * Logs what somebody should look at.
	 * @param logger where to
	 * @param kind what is counted together; one of a few
	 * @param line makes the line
	 * @param failure what has led to it, if anything has
	 */
	public void warn(SafeLog logger, Object kind, Supplier<String> line, @Nullable Throwable failure) {
		if (isAdmitted(logger, kind)) {
			logger.warn(text(line, failure), this.places.ifNew(failure));
		}
	}

	/**
	 * Logs what is a fault of the application.
	 * @param logger where to
	 * @param kind what is counted together; one of a few
	 * @param line makes the line
	 * @param failure what has led to it
	 */
	public void error(SafeLog logger, Object kind, Supplier<String> line, Throwable failure) {
		if (isAdmitted(logger, kind)) {
			logger.error(text(line, failure), this.places.ifNew(failure));
		}
	}

	/**
	 * Logs what a peer has done wrong: its stack trace tells only those something who
	 * look for a fault.
	 * @param logger where to
	 * @param kind what is counted together; one of a few
	 * @param line makes the line
	 * @param failure what has led to it, if anything has
	 */
	public void fault(SafeLog logger, Object kind, Supplier<String> line, @Nullable Throwable failure) {
		if (isAdmitted(logger, kind)) {
			logger.warn(text(line, failure), logger.isDebugEnabled() ? failure : null);
		}
	}

	/** Tells now what would be told later, as the endpoint has stopped. */
	void flush() {
		this.rates.keySet().forEach(this::tellMore);
	}

	private boolean isAdmitted(SafeLog logger, Object kind) {
		try {
			long now = System.nanoTime();
			long more = this.rates.computeIfAbsent(kind, (key) -> new LineRate()).admit(now);
			if (more == 1) {
				this.loggers.put(kind, logger);
				CompletableFuture.delayedExecutor(LineRate.PERIOD_NANOS, TimeUnit.NANOSECONDS, PeerLog::start)
					.execute(() -> tellMore(kind));
			}
			return more == 0;
		}
		catch (Throwable ex) {
			return false;
		}
	}

	/** A log that blocks is to keep no timer waiting. */
	private static void start(Runnable task) {
		try {
			Thread thread = new Thread(task, "sockets-log");
			thread.setDaemon(true);
			thread.start();
		}
		catch (Throwable ex) {
			// They are told with those that come.
		}
	}

	private void tellMore(Object kind) {
		LineRate rate = this.rates.get(kind);
		SafeLog logger = this.loggers.get(kind);
		long more = (rate != null) ? rate.takeMore() : 0;
		if (more > 0 && logger != null) {
			logger.warn(String.format(Locale.ROOT, "'%s': ... and %,d more (%s)", this.endpoint.getName(), more, kind));
		}
	}

	/** Most lines that tell of a failure say already what it says. */
	private static String text(Supplier<String> line, @Nullable Throwable failure) {
		String text = text(line);
		return (failure == null || text.contains(": " + FailureText.message(failure))) ? text
				: text + ": " + FailureText.of(failure);
	}

	private static String text(Supplier<String> line) {
		try {
			return line.get();
		}
		catch (Throwable ex) {
			return FailureText.of(ex);
		}
	}

}
