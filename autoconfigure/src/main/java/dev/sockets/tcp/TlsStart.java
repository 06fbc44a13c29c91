package dev.sockets.tcp;

/**
 * When the connections of an endpoint begin TLS.
 */
public enum TlsStart {

	/** As soon as they are connected. */
	CONNECT,

	/**
	 * When the application calls {@link Connection#startTls()}; they are plain before.
	 */
	ON_DEMAND

}
