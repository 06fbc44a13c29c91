package dev.sockets.event;

import dev.sockets.EventKind;
import dev.sockets.SocketEndpoint;
import dev.sockets.tcp.Ban;

/**
 * A server takes no connections from an address for a while, as its peers have done wrong
 * too often.
 */
public final class AddressBannedEvent extends SocketEvent {

	private static final long serialVersionUID = 1L;

	private final transient Ban ban;

	/**
	 * Creates an event.
	 * @param source the server
	 * @param ban the ban
	 */
	public AddressBannedEvent(SocketEndpoint source, Ban ban) {
		super(source);
		this.ban = ban;
	}

	/**
	 * Returns whom the server keeps out, and until when.
	 * @return the ban
	 */
	public Ban getBan() {
		return this.ban;
	}

	@Override
	public EventKind getKind() {
		return EventKind.BANNED;
	}

}
