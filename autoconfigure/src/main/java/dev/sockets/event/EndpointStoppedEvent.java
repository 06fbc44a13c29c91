package dev.sockets.event;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

import dev.sockets.EventKind;
import dev.sockets.SocketEndpoint;

/**
 * An endpoint has stopped, after the last of its connections was closed.
 */
public final class EndpointStoppedEvent extends SocketEvent {

	private static final long serialVersionUID = 1L;

	private final transient @Nullable InetSocketAddress address;

	/**
	 * Creates an event.
	 * @param source the endpoint
	 * @param address the address, if it listened on one
	 */
	public EndpointStoppedEvent(SocketEndpoint source, @Nullable InetSocketAddress address) {
		super(source);
		this.address = address;
	}

	/**
	 * Returns the address it listened on; {@code null} for a client.
	 * @return the address, if it listened on one
	 */
	public @Nullable InetSocketAddress getAddress() {
		return this.address;
	}

	@Override
	public EventKind getKind() {
		return EventKind.STOPPED;
	}

}
