package dev.sockets.event;

import dev.sockets.EventKind;
import dev.sockets.SocketEndpoint;

/**
 * A receiver has left a multicast group on a network interface, or has lost it there: the
 * interface is gone.
 */
public final class GroupLeftEvent extends GroupEvent {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an event.
	 * @param source the receiver
	 * @param group the group's address, as it was given
	 * @param networkInterface name of the interface
	 */
	public GroupLeftEvent(SocketEndpoint source, String group, String networkInterface) {
		super(source, group, networkInterface);
	}

	@Override
	public EventKind getKind() {
		return EventKind.GROUP_LEFT;
	}

}
