package dev.sockets.tcp;

import java.security.Principal;

import org.jspecify.annotations.Nullable;

/**
 * Decides who the peers of a server are, before the application knows of their
 * connections. Implement it as a bean and name the bean in {@code authenticator}, or set
 * it in the settings of a server.
 *
 * <p>
 * Called by a thread on which handlers of the server run, never by a loop, so it may
 * block; for a few connections at a time, while the others wait for their turn. It is
 * interrupted when the connection has ended meanwhile, as it does after
 * {@code handshake-timeout}.
 */
@FunctionalInterface
public interface SocketAuthenticator {

	/**
	 * Says who a peer is.
	 * @param login what the peer has shown
	 * @return the peer, as {@link Connection#getPrincipal()} tells it from then on;
	 * {@code null} when it has shown the wrong thing: it is turned away, which counts
	 * against its address
	 * @throws Exception when that could not be found out: the peer is turned away, but
	 * that counts against nobody, and the server logs it
	 */
	@Nullable Principal authenticate(PeerLogin login) throws Exception;

}
