package dev.sockets.sample;

import java.net.InetSocketAddress;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

import dev.sockets.MessagePeer;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.GroupJoinedEvent;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.event.MessageReceivedEvent;

/**
 * Shows what happens on all endpoints, before other listeners for events react to it.
 */
@Component
class SocketLog {

	private static final Logger logger = LoggerFactory.getLogger(SocketLog.class);

	@EventListener
	@Order(Ordered.HIGHEST_PRECEDENCE)
	void on(ConnectedEvent event) {
		logger.info("{} connected", peer(event.getEndpoint(), event.getConnection()));
	}

	@EventListener
	@Order(Ordered.HIGHEST_PRECEDENCE)
	void on(MessageReceivedEvent<?> event) {
		logger.info("{} sent {}", peer(event.getEndpoint(), event.getPeer()), Printable.payload(event.getPayload()));
	}

	@EventListener
	@Order(Ordered.HIGHEST_PRECEDENCE)
	void on(DisconnectedEvent event) {
		logger.info("{} disconnected: {}", peer(event.getEndpoint(), event.getConnection()), event.getReason());
	}

	@EventListener
	void on(ConnectionRejectedEvent event) {
		logger.info("{}: {} turned away: {}", event.getEndpoint(), Printable.address(event.getRemoteAddress()),
				event.getReason());
	}

	@EventListener
	void on(MessageErrorEvent event) {
		logger.warn("{} {}: {}", peer(event.getEndpoint(), event.getPeer()), event.getCode(),
				Printable.text(String.valueOf(event.getCause().getMessage())));
	}

	@EventListener
	void on(GroupJoinedEvent event) {
		logger.info("{} has joined {} on {}", event.getEndpoint(), event.getGroup(), event.getNetworkInterface());
	}

	private static String peer(String endpoint, MessagePeer peer) {
		String address = Printable.address(peer.getRemoteAddress());
		InetSocketAddress group = peer.getGroup();
		return endpoint + ": " + address + ((group != null) ? " to " + Printable.address(group) : "");
	}

}
