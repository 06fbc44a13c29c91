package dev.sockets.event;

import dev.sockets.EventKind;
import dev.sockets.SocketEndpoint;

/**
 * A receiver has joined a multicast group on a network interface.
 */
public final class GroupJoinedEvent extends GroupEvent {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an event.
	 * @param source the receiver
	 * @param group the group's address, as it was given
	 * @param networkInterface name of the interface
	 */
	public GroupJoinedEvent(SocketEndpoint source, String group, String networkInterface) {
		super(source, group, networkInterface);
	}

	@Override
	public EventKind getKind() {
		return EventKind.GROUP_JOINED;
	}

}
