package dev.sockets.runtime;

import org.jspecify.annotations.Nullable;

import dev.sockets.FailureText;
import dev.sockets.PrintableText;
import dev.sockets.SocketOperationException;

/**
 * What is kept for long of a failure that may hold more than it says, such as the message
 * of a peer: its text and those of its causes, cut.
 */
public final class CutFailure extends Throwable {

	private static final long serialVersionUID = 1L;

	private static final int MOST_CAUSES = 8;

	private final String type;

	private CutFailure(Throwable failure, @Nullable Throwable cause) {
		super(FailureText.of(failure), cause, false, false);
		this.type = failure.getClass().getName();
	}

	/**
	 * Returns what may be kept of a failure.
	 * @param failure the failure; {@code null} for none
	 * @return the same when it is known to hold no more than a few short texts
	 */
	static @Nullable Throwable of(@Nullable Throwable failure) {
		return isShort(failure, MOST_CAUSES) ? failure : cut(failure, MOST_CAUSES);
	}

	private static boolean isShort(@Nullable Throwable failure, int causes) {
		try {
			return failure == null || (causes > 0 && isKnown(failure.getClass()) && failure.getSuppressed().length == 0
					&& PrintableText.isPrintable(String.valueOf(failure.getMessage()))
					&& isShort(failure.getCause(), causes - 1));
		}
		catch (Throwable ex) {
			return false;
		}
	}

	private static boolean isKnown(Class<?> type) {
		return type == SocketOperationException.class || "java.base".equals(type.getModule().getName());
	}

	private static @Nullable Throwable cut(@Nullable Throwable failure, int causes) {
		return (failure != null && causes > 0) ? new CutFailure(failure, cut(causeOf(failure), causes - 1)) : null;
	}

	private static @Nullable Throwable causeOf(Throwable failure) {
		try {
			return failure.getCause();
		}
		catch (Throwable ex) {
			return null;
		}
	}

	/**
	 * Returns what kind of failure one is, cut or not.
	 * @param failure the failure
	 * @return the name of its class
	 */
	public static String type(Throwable failure) {
		return (failure instanceof CutFailure cut) ? cut.type : failure.getClass().getName();
	}

	@Override
	public String toString() {
		return String.valueOf(getMessage());
	}

}
