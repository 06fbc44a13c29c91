package dev.sockets.runtime;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.sockets.FailureText;
import dev.sockets.PrintableText;

/**
 * Stands in a log for a failure whose message, or that of one of its causes, may not be
 * shown as it is. It has the stack trace of that.
 */
final class EscapedFailure extends Throwable {

	private static final long serialVersionUID = 1L;

	private EscapedFailure(Throwable failure, @Nullable Throwable cause) {
		super(FailureText.of(failure), cause, false, true);
		setStackTrace(failure.getStackTrace());
	}

	/**
	 * Returns what may be logged of a failure.
	 * @param failure the failure
	 * @return the same when everything it says may be shown
	 * @throws RuntimeException what it throws itself when it is asked
	 */
	static Throwable of(Throwable failure) {
		return isPrintable(failure, seen()) ? failure : copy(failure, seen());
	}

	private static Set<Throwable> seen() {
		return Collections.newSetFromMap(new IdentityHashMap<>());
	}

	private static boolean isPrintable(@Nullable Throwable failure, Set<Throwable> seen) {
		if (failure == null || !seen.add(failure)) {
			return true;
		}
		String message = failure.getMessage();
		if ((message != null && !PrintableText.isPrintable(message))
				|| !PrintableText.isPrintable(String.valueOf(failure.toString()))) {
			return false;
		}
		for (Throwable suppressed : failure.getSuppressed()) {
			if (!isPrintable(suppressed, seen)) {
				return false;
			}
		}
		return isPrintable(failure.getCause(), seen);
	}

	private static Throwable copy(Throwable failure, Set<Throwable> seen) {
		seen.add(failure);
		Throwable cause = failure.getCause();
		return new EscapedFailure(failure, (cause != null && !seen.contains(cause)) ? copy(cause, seen) : null);
	}

	@Override
	public String toString() {
		return String.valueOf(getMessage());
	}

}
