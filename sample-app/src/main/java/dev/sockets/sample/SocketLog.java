package dev.sockets.sample;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.ConnectionEvent;
import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.event.MessageEvent;
import dev.sockets.event.MessageReceivedEvent;

/**
 * Shows what happens on all endpoints, before anybody else reacts to it.
 */
@Component
class SocketLog {

	private static final Logger logger = LoggerFactory.getLogger(SocketLog.class);

	@EventListener
	@Order(Ordered.HIGHEST_PRECEDENCE)
	void on(ConnectedEvent event) {
		logger.info("{} connected", peer(event));
	}

	@EventListener
	@Order(Ordered.HIGHEST_PRECEDENCE)
	void on(MessageReceivedEvent<?> event) {
		logger.info("{} sent {}", peer(event), Printable.payload(event.getPayload()));
	}

	@EventListener
	@Order(Ordered.HIGHEST_PRECEDENCE)
	void on(DisconnectedEvent event) {
		logger.info("{} disconnected: {}", peer(event), event.getReason());
	}

	@EventListener
	void on(ConnectionRejectedEvent event) {
		logger.info("{}: {} turned away: {}", event.getEndpoint(), Printable.address(event.getRemoteAddress()),
				event.getReason());
	}

	@EventListener
	void on(MessageErrorEvent event) {
		logger.warn("{} {}: {}", peer(event), event.getCode(),
				Printable.text(String.valueOf(event.getCause().getMessage())));
	}

	private static String peer(MessageEvent event) {
		return event.getEndpoint() + ": " + Printable.address(event.getRemoteAddress());
	}

	private static String peer(ConnectionEvent event) {
		return event.getEndpoint() + ": " + Printable.address(event.getConnection().getRemoteAddress());
	}

}
