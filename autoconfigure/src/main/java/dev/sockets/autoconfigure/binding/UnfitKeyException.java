package dev.sockets.autoconfigure.binding;

/**
 * A private key is not that of the certificate it comes with.
 */
final class UnfitKeyException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	UnfitKeyException(String message) {
		super(message);
	}

}
