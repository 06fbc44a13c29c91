package dev.sockets.event;

import java.net.InetSocketAddress;

import dev.sockets.EventKind;
import dev.sockets.SocketEndpoint;

/**
 * A server has turned a connection away.
 */
public final class ConnectionRejectedEvent extends SocketEvent {

	private static final long serialVersionUID = 1L;

	private final InetSocketAddress remoteAddress;

	private final RejectionReason reason;

	/**
	 * Creates an event.
	 * @param source the server
	 * @param remoteAddress the peer's address
	 * @param reason why it was turned away
	 */
	public ConnectionRejectedEvent(SocketEndpoint source, InetSocketAddress remoteAddress, RejectionReason reason) {
		super(source);
		this.remoteAddress = remoteAddress;
		this.reason = reason;
	}

	/**
	 * Returns whose connection it was.
	 * @return the peer's address
	 */
	public InetSocketAddress getRemoteAddress() {
		return this.remoteAddress;
	}

	/**
	 * Returns why it was turned away.
	 * @return the reason
	 */
	public RejectionReason getReason() {
		return this.reason;
	}

	@Override
	public EventKind getKind() {
		return EventKind.REJECTED;
	}

}
