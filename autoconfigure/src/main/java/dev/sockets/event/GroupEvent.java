package dev.sockets.event;

import dev.sockets.SocketEndpoint;

/**
 * A receiver has joined or left a multicast group on a network interface.
 */
public abstract sealed class GroupEvent extends SocketEvent permits GroupJoinedEvent, GroupLeftEvent {

	private static final long serialVersionUID = 1L;

	private final String group;

	private final String networkInterface;

	GroupEvent(SocketEndpoint source, String group, String networkInterface) {
		super(source);
		this.group = group;
		this.networkInterface = networkInterface;
	}

	/**
	 * Returns the group.
	 * @return its address, as it was given
	 */
	public String getGroup() {
		return this.group;
	}

	/**
	 * Returns the network interface.
	 * @return its name, such as {@code eth0}
	 */
	public String getNetworkInterface() {
		return this.networkInterface;
	}

}
