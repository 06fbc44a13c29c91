package dev.sockets.autoconfigure.binding;

/**
 * An SSL bundle that no endpoint can use. Its message goes on after "a bundle".
 */
final class UnfitBundleException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	UnfitBundleException(String message) {
		super(message);
	}

	UnfitBundleException(String message, Throwable cause) {
		super(message, cause);
	}

}
