package dev.sockets.runtime;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.sockets.PrintableText;

/**
 * The log of those who must go on whatever happens: nothing here throws. Without a
 * failure that cannot be shown, as it throws itself when it is asked, the message is
 * logged alone. What peers may have written is escaped, see {@link PrintableText}.
 */
public final class SafeLog {

	private enum Level {

		DEBUG, INFO, WARN, ERROR

	}

	private final Log log;

	private SafeLog(Log log) {
		this.log = log;
	}

	/**
	 * Returns the log of a class.
	 * @param type the class
	 * @return a log that never throws
	 */
	public static SafeLog of(Class<?> type) {
		return new SafeLog(LogFactory.getLog(type));
	}

	/**
	 * Returns whether those read the log who look for a fault.
	 * @return whether the log is at level debug
	 */
	public boolean isDebugEnabled() {
		try {
			return this.log.isDebugEnabled();
		}
		catch (Throwable ex) {
			return false;
		}
	}

	/**
	 * Logs what only those want to know who look for a fault.
	 * @param message the message
	 * @param failure what has led to it; {@code null} for nothing
	 */
	public void debug(String message, @Nullable Throwable failure) {
		log(Level.DEBUG, message, failure);
	}

	/**
	 * Logs what is as it should be.
	 * @param message the message
	 */
	public void info(String message) {
		log(Level.INFO, message, null);
	}

	/**
	 * Logs what somebody should look at.
	 * @param message the message
	 */
	public void warn(String message) {
		log(Level.WARN, message, null);
	}

	/**
	 * Logs what somebody should look at.
	 * @param message the message
	 * @param failure what has led to it; {@code null} for nothing
	 */
	public void warn(String message, @Nullable Throwable failure) {
		log(Level.WARN, message, failure);
	}

	/**
	 * Logs what is a fault of the application or this library.
	 * @param message the message
	 * @param failure what has led to it; {@code null} for nothing
	 */
	public void error(String message, @Nullable Throwable failure) {
		log(Level.ERROR, message, failure);
	}

	private void log(Level level, String message, @Nullable Throwable failure) {
		if (!isWritten(level, message, failure) && failure != null) {
			isWritten(level, message, null);
		}
	}

	private boolean isWritten(Level level, String message, @Nullable Throwable failure) {
		try {
			write(level, message, failure);
			return true;
		}
		catch (Throwable ex) {
			return false;
		}
	}

	private void write(Level level, String text, @Nullable Throwable cause) {
		String message = PrintableText.of(text);
		Throwable failure = (cause != null) ? EscapedFailure.of(cause) : null;
		switch (level) {
			case DEBUG -> this.log.debug(message, failure);
			case INFO -> this.log.info(message, failure);
			case WARN -> this.log.warn(message, failure);
			case ERROR -> this.log.error(message, failure);
		}
	}

}
