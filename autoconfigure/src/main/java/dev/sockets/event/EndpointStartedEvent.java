package dev.sockets.event;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

import dev.sockets.EventKind;
import dev.sockets.SocketEndpoint;

/**
 * An endpoint has started: a server listens, a client begins to connect. The start waits
 * for the listeners, which run on another thread, before messages are let in; but not for
 * one that takes longer than a second.
 */
public final class EndpointStartedEvent extends SocketEvent {

	private static final long serialVersionUID = 1L;

	private final transient @Nullable InetSocketAddress address;

	/**
	 * Creates an event.
	 * @param source the endpoint
	 * @param address the address, if it listens on one
	 */
	public EndpointStartedEvent(SocketEndpoint source, @Nullable InetSocketAddress address) {
		super(source);
		this.address = address;
	}

	/**
	 * Returns the address it listens on; {@code null} for a client.
	 * @return the address, if it listens on one
	 */
	public @Nullable InetSocketAddress getAddress() {
		return this.address;
	}

	@Override
	public EventKind getKind() {
		return EventKind.STARTED;
	}

}
