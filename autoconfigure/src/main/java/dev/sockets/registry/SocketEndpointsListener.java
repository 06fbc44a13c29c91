package dev.sockets.registry;

import dev.sockets.SocketEndpoint;

/**
 * A bean that is told of endpoints registered and removed at run time, by whoever does
 * it, before that returns.
 */
public interface SocketEndpointsListener {

	/**
	 * An endpoint was registered; it is started afterwards.
	 * @param endpoint the endpoint
	 */
	void registered(SocketEndpoint endpoint);

	/**
	 * An endpoint has stopped for good, or could not be started; its name is about to be
	 * free.
	 * @param endpoint the endpoint
	 */
	void removed(SocketEndpoint endpoint);

}
