package dev.sockets.runtime.multicast;

import java.util.Map;

import dev.sockets.EventKind;
import dev.sockets.event.GroupJoinedEvent;
import dev.sockets.event.GroupLeftEvent;
import dev.sockets.runtime.EndpointEvents;

/**
 * Tells on which interfaces a receiver has joined and left its groups.
 */
final class MembershipEvents {

	private final EndpointEvents events;

	MembershipEvents(EndpointEvents events) {
		this.events = events;
	}

	void joined(Group group, Map<String, Integer> interfaces) {
		for (String name : interfaces.keySet()) {
			this.events.tell(EventKind.GROUP_JOINED,
					() -> new GroupJoinedEvent(this.events.endpoint(), group.text(), name));
		}
	}

	void left(Group group, Map<String, Integer> interfaces) {
		for (String name : interfaces.keySet()) {
			this.events.tell(EventKind.GROUP_LEFT,
					() -> new GroupLeftEvent(this.events.endpoint(), group.text(), name));
		}
	}

}
