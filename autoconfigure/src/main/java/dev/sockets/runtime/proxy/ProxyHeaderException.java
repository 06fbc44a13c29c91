package dev.sockets.runtime.proxy;

import java.io.IOException;

/**
 * What has begun as a header of the PROXY protocol does not go on as one. Its message
 * quotes nothing of what was received.
 */
public final class ProxyHeaderException extends IOException {

	private static final long serialVersionUID = 1L;

	ProxyHeaderException(String message) {
		super(message);
	}

}
