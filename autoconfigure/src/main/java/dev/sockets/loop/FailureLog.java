package dev.sockets.loop;

import org.jspecify.annotations.Nullable;

/**
 * Logs what an event loop or its watchdog goes on after. Never throws, whatever the
 * logger or the failure itself does when it is asked what it says.
 */
final class FailureLog {

	private static final System.@Nullable Logger LOGGER = logger();

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
		if (!isLogged(System.Logger.Level.ERROR, what, cause)) {
			isLogged(System.Logger.Level.ERROR, what, null);
		}
	}

	/**
	 * Logs what somebody should look at.
	 * @param what what it is
	 */
	static void warn(String what) {
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
