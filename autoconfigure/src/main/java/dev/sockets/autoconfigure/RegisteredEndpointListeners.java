package dev.sockets.autoconfigure;

import dev.sockets.SocketEndpoint;
import dev.sockets.annotation.SocketListenerProcessor;
import dev.sockets.registry.SocketEndpointsListener;

/**
 * Has annotated methods called for the messages of endpoints that are made at run time.
 *
 * @param processor knows the methods
 */
record RegisteredEndpointListeners(SocketListenerProcessor processor) implements SocketEndpointsListener {

	@Override
	public void registered(SocketEndpoint endpoint) {
		this.processor.registered(endpoint);
	}

	@Override
	public void removed(SocketEndpoint endpoint) {
		this.processor.removed(endpoint);
	}

}
