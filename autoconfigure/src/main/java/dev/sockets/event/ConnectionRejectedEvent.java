package dev.sockets.event;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

import dev.sockets.EventKind;
import dev.sockets.SocketEndpoint;

/**
 * A server has turned a connection away.
 */
public final class ConnectionRejectedEvent extends SocketEvent {

	private static final long serialVersionUID = 1L;

	private final InetSocketAddress remoteAddress;

	private final @Nullable InetSocketAddress localAddress;

	private final RejectionReason reason;

	/**
	 * Creates an event.
	 * @param source the server
	 * @param remoteAddress the peer's address
	 * @param localAddress where it came to; {@code null} when that is not known
	 * @param reason why it was turned away
	 */
	public ConnectionRejectedEvent(SocketEndpoint source, InetSocketAddress remoteAddress,
			@Nullable InetSocketAddress localAddress, RejectionReason reason) {
		super(source);
		this.remoteAddress = remoteAddress;
		this.localAddress = localAddress;
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
	 * Returns where it came to, as a server may have several ports.
	 * @return the server's address; {@code null} when the connection was gone before
	 */
	public @Nullable InetSocketAddress getLocalAddress() {
		return this.localAddress;
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
