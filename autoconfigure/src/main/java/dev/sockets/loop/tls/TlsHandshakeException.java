package dev.sockets.loop.tls;

import javax.net.ssl.SSLException;

/**
 * A handshake could not go on, for no reason that TLS itself has.
 */
public final class TlsHandshakeException extends SSLException {

	private static final long serialVersionUID = 1L;

	private final Reason reason;

	TlsHandshakeException(Reason reason) {
		super(reason.text);
		this.reason = reason;
	}

	TlsHandshakeException(Reason reason, Throwable cause) {
		super(reason.text, cause);
		this.reason = reason;
	}

	/**
	 * Returns why it could not go on.
	 * @return the reason
	 */
	public Reason getReason() {
		return this.reason;
	}

	/**
	 * Why a handshake could not go on.
	 */
	public enum Reason {

		/** What the peer has sent is not TLS. */
		PLAIN("The peer does not speak TLS"),

		/** The peer has closed the connection meanwhile. */
		ENDED("The peer has closed the connection within the handshake"),

		/** It has taken too long. */
		LATE("The handshake was not over within its deadline");

		private final String text;

		Reason(String text) {
			this.text = text;
		}

	}

}
