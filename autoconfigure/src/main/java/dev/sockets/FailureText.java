package dev.sockets;

/**
 * What a failure says of itself. Exceptions of an application may throw when they are
 * asked, which is not to keep anybody from telling of them, and they may quote peers, so
 * what they say is {@linkplain PrintableText printable}.
 */
public final class FailureText {

	private FailureText() {
	}

	/**
	 * Returns the message of a failure.
	 * @param failure the failure
	 * @return its message; the name of its class when it has none, or throws
	 */
	public static String message(Throwable failure) {
		try {
			String message = failure.getMessage();
			return (message != null) ? PrintableText.of(message) : failure.getClass().getName();
		}
		catch (Throwable ex) {
			return unreadable(failure);
		}
	}

	/**
	 * Returns what a failure is and says.
	 * @param failure the failure
	 * @return its text; the name of its class when it throws
	 */
	public static String of(Throwable failure) {
		try {
			return PrintableText.of(String.valueOf(failure.toString()));
		}
		catch (Throwable ex) {
			return unreadable(failure);
		}
	}

	private static String unreadable(Throwable failure) {
		return failure.getClass().getName();
	}

}
