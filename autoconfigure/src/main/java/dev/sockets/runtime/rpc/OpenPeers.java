package dev.sockets.runtime.rpc;

import java.util.Collection;

import dev.sockets.SocketOperationException;

/**
 * The peers of an endpoint's open connections.
 */
public interface OpenPeers {

	/**
	 * Returns the peer that requests of the endpoint go to.
	 * @return the only peer
	 * @throws SocketOperationException with code {@code NOT_CONNECTED} when there is none
	 * @throws IllegalStateException when there are several
	 */
	ConnectionRpc only();

	/**
	 * Returns all peers.
	 * @return a snapshot
	 */
	Collection<ConnectionRpc> all();

}
