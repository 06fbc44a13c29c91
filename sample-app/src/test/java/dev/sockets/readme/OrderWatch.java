package dev.sockets.readme;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.MessageReceivedEvent;

@Component
class OrderWatch {

	private static final Logger logger = LoggerFactory.getLogger(OrderWatch.class);

	@EventListener(condition = "event.endpoint == 'orders'")
	void on(MessageReceivedEvent<String> received) {
		logger.info("{} sent {}", received.getConnection().getRemoteAddress(), received.getPayload());
	}

	@EventListener
	void on(DisconnectedEvent disconnected) {
		logger.info("{}: {}", disconnected.getEndpoint(), disconnected.getReason());
	}

}
