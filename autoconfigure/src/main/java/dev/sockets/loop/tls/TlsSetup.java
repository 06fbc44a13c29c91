package dev.sockets.loop.tls;

import java.util.concurrent.Executor;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

/**
 * How the connections of one endpoint begin TLS.
 *
 * @param engines makes an engine for each
 * @param byName whether the engine depends on the name that the client asks for
 * @param handshakeNanos how long a handshake may take
 * @param tasks runs what takes long in a handshake, away from the event loops
 */
public record TlsSetup(Engines engines, boolean byName, long handshakeNanos, Executor tasks) {

	/**
	 * Makes the engine of one connection.
	 */
	@FunctionalInterface
	public interface Engines {

		/**
		 * Makes an engine that has its side, and has not begun.
		 * @param serverName the name that the client asks for, in lower case;
		 * {@code null} when it asks for none, or it is of no importance
		 * @return the engine
		 * @throws SSLException when there is none for it
		 */
		SSLEngine engine(@Nullable String serverName) throws SSLException;

	}

}
