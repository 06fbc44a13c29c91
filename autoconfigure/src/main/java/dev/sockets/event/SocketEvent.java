package dev.sockets.event;

import java.time.Clock;

import org.springframework.context.ApplicationEvent;

import dev.sockets.EventKind;
import dev.sockets.SocketEndpoint;

/**
 * Something happened on an endpoint.
 */
public abstract sealed class SocketEvent extends ApplicationEvent permits EndpointStartedEvent, EndpointStoppedEvent,
		EndpointFailedEvent, ConnectingEvent, ConnectionFailedEvent, ConnectionRejectedEvent, AddressBannedEvent,
		ConnectionEvent, MessageEvent, GroupEvent, MemberEvent, UserEvent, NodeEvent, BackplaneEvent {

	private static final long serialVersionUID = 1L;

	SocketEvent(SocketEndpoint source) {
		super(source);
	}

	SocketEvent(SocketEndpoint source, Clock clock) {
		super(source, clock);
	}

	@Override
	public SocketEndpoint getSource() {
		return (SocketEndpoint) super.getSource();
	}

	/**
	 * Returns what has happened, to switch on.
	 * @return the kind, another one for each class of event
	 */
	public abstract EventKind getKind();

	/**
	 * Returns the name of the endpoint.
	 * @return the name
	 */
	public String getEndpoint() {
		return getSource().getName();
	}

}
