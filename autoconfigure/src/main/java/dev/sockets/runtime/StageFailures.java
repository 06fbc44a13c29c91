package dev.sockets.runtime;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * Failures of stages without what stages wrap them in.
 */
public final class StageFailures {

	/** An exception may be its own cause. */
	private static final int MOST_WRAPPED = 16;

	private StageFailures() {
	}

	/**
	 * Returns what a stage has failed with.
	 * @param failure what it tells
	 * @return the first cause that is not an exception of stages; whatever is there when
	 * there is no end to them, or looking at them throws
	 */
	public static Throwable unwrap(Throwable failure) {
		Throwable known = failure;
		try {
			for (int i = 0; i < MOST_WRAPPED && isWrapper(known); i++) {
				Throwable cause = known.getCause();
				if (cause == null) {
					break;
				}
				known = cause;
			}
		}
		catch (Throwable ex) {
			return known;
		}
		return known;
	}

	private static boolean isWrapper(Throwable failure) {
		return failure instanceof CompletionException || failure instanceof ExecutionException;
	}

}
