package dev.sockets.runtime;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The places in code that failures of one endpoint have come from, so that a stack trace
 * is shown once for each. Usable from any thread; throws nothing.
 */
final class FailurePlaces {

	private static final int MOST = 16;

	private final Set<String> seen = ConcurrentHashMap.newKeySet();

	/**
	 * Notes where a failure comes from.
	 * @param failure the failure; {@code null} for none
	 * @return it, if it is the first from there; {@code null} otherwise
	 */
	@Nullable Throwable ifNew(@Nullable Throwable failure) {
		return isNew(failure) ? failure : null;
	}

	private boolean isNew(@Nullable Throwable failure) {
		if (failure == null || this.seen.size() >= MOST) {
			return false;
		}
		try {
			StackTraceElement[] stack = failure.getStackTrace();
			return this.seen.add(failure.getClass().getName() + ((stack.length > 0) ? stack[0] : ""));
		}
		catch (Throwable ex) {
			return false;
		}
	}

}
