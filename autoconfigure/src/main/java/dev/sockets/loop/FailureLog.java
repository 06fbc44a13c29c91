package dev.sockets.loop;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * Logs what an event loop or its watchdog goes on after. Never throws, whatever the
 * logger or the failure itself does when it is asked what it says. Peers may cause such
 * failures, so there is at most one line a second.
 */
final class FailureLog {

	private static final System.@Nullable Logger LOGGER = logger();

	private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final long WARNING_NANOS = TimeUnit.SECONDS.toNanos(10);

	private static final int DEEPEST = 20;

	private static final AtomicLong nextLine = new AtomicLong(System.nanoTime());

	private static final AtomicLong nextWarning = new AtomicLong(System.nanoTime());

	private static final AtomicLong unlogged = new AtomicLong();

	private FailureLog() {
	}

	private static System.@Nullable Logger logger() {
		try {
			return System.getLogger(EventLoop.class.getName());
		}
		catch (Throwable ex) {
			return null;
		}
	}

	/**
	 * Logs a failure, as well as that can be done.
	 * @param what what has failed, and goes on
	 * @param cause why
	 */
	static void log(String what, Throwable cause) {
		long now = System.nanoTime();
		long next = nextLine.get();
		if (now - next < 0 || !nextLine.compareAndSet(next, now + PERIOD_NANOS)) {
			unlogged.incrementAndGet();
			return;
		}
		long before = unlogged.getAndSet(0);
		String line = (before > 0) ? what + " (... and " + before + " more before)" : what;
		if (!isPrintable(cause) || !isLogged(System.Logger.Level.ERROR, line, cause)) {
			isLogged(System.Logger.Level.ERROR, line + ": " + cause.getClass().getName(), null);
		}
	}

	/** A failure may quote a peer, who is not to write lines of its own. */
	private static boolean isPrintable(Throwable failure) {
		try {
			Throwable cause = failure;
			for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
				if (String.valueOf(cause.getMessage()).codePoints().anyMatch(FailureLog::breaksLines)) {
					return false;
				}
				cause = cause.getCause();
			}
			return cause == null && failure.getSuppressed().length == 0;
		}
		catch (Throwable ex) {
			return false;
		}
	}

	private static boolean breaksLines(int character) {
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
			default -> false;
		};
	}

	/**
	 * Logs what somebody should look at, as long as that lasts once in ten seconds for
	 * all event loops.
	 * @param what what it is
	 */
	static void warn(String what) {
		long now = System.nanoTime();
		long next = nextWarning.get();
		if (now - next < 0 || !nextWarning.compareAndSet(next, now + WARNING_NANOS)) {
			return;
		}
		isLogged(System.Logger.Level.WARNING, what, null);
	}

	private static boolean isLogged(System.Logger.Level level, String what, @Nullable Throwable cause) {
		System.Logger logger = LOGGER;
		if (logger == null) {
			return true;
		}
		try {
			logger.log(level, what, cause);
			return true;
		}
		catch (Throwable ex) {
			return false;
		}
	}

}
