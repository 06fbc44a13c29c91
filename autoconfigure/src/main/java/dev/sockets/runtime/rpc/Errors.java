package dev.sockets.runtime.rpc;

import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeoutException;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.rpc.ArgumentMismatchException;
import dev.sockets.rpc.ErrorDetail;
import dev.sockets.rpc.RemoteException;
import dev.sockets.runtime.StageFailures;

/**
 * Exceptions of handlers as errors that travel, by the names that Python has for them.
 */
final class Errors {

	static final String UNKNOWN = "KeyError";

	static final String OTHER = "RuntimeError";

	private static final String INTERNAL = "internal error";

	private static final int MOST_FRAMES = 64;

	private Errors() {
	}

	/**
	 * Reports what a handler threw.
	 * @param thrown what it threw
	 * @param detail what the peer gets to know
	 * @return the report
	 */
	static ErrorReport report(Throwable thrown, ErrorDetail detail) {
		try {
			return known(StageFailures.unwrap(thrown), detail);
		}
		catch (Throwable ex) {
			return new ErrorReport(OTHER, INTERNAL);
		}
	}

	private static ErrorReport known(Throwable cause, ErrorDetail detail) {
		String type = (cause instanceof RemoteException remote) ? remote.getType() : type(cause);
		return switch (detail) {
			case CODE -> new ErrorReport(type, "");
			case MESSAGE -> new ErrorReport(type, message(cause));
			case FULL -> new ErrorReport(type, text(cause), frames(cause));
		};
	}

	/**
	 * Returns whether a handler has thrown something by which it says what is wrong with
	 * a request, not something that is wrong with itself.
	 */
	static boolean isAnswer(Throwable thrown) {
		try {
			Throwable cause = StageFailures.unwrap(thrown);
			return cause instanceof RemoteException || !type(cause).equals(OTHER);
		}
		catch (Throwable ex) {
			return false;
		}
	}

	private static String type(Throwable cause) {
		if (cause instanceof ArgumentMismatchException) {
			return "TypeError";
		}
		if (cause instanceof IllegalArgumentException) {
			return "ValueError";
		}
		if (cause instanceof NoSuchElementException) {
			return UNKNOWN;
		}
		if (cause instanceof TimeoutException || (cause instanceof SocketOperationException operation
				&& operation.getCode() == SocketErrorCode.REQUEST_TIMEOUT)) {
			return "TimeoutError";
		}
		return (cause instanceof UnsupportedOperationException) ? "NotImplementedError" : OTHER;
	}

	/**
	 * The JVM's own messages name classes, and so does that of an exception which was
	 * given only its cause.
	 */
	private static String message(Throwable cause) {
		Throwable inner = cause.getCause();
		if (inner != null && inner.toString().equals(cause.getMessage())) {
			return message(inner);
		}
		boolean byTheJvm = cause instanceof NullPointerException || cause instanceof ClassCastException
				|| cause instanceof ArrayStoreException || cause instanceof Error;
		return byTheJvm ? INTERNAL : text(cause);
	}

	private static String text(Throwable cause) {
		String message = (cause instanceof RemoteException remote) ? remote.getRemoteMessage() : cause.getMessage();
		return (message != null) ? message : "";
	}

	private static List<StackTraceElement> frames(Throwable cause) {
		StackTraceElement[] frames = cause.getStackTrace();
		return Arrays.asList(frames).subList(0, Math.min(frames.length, MOST_FRAMES));
	}

}
