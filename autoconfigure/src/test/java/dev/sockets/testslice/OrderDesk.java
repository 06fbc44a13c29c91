package dev.sockets.testslice;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import dev.sockets.annotation.SocketListener;
import dev.sockets.annotation.SocketMapping;
import dev.sockets.event.MessageReceivedEvent;

/**
 * Answers orders.
 */
@Component
class OrderDesk {

	@SocketListener("orders")
	String on(String order) {
		return "accepted " + order;
	}

	/**
	 * Answers those who want to know whether it is there.
	 */
	@Component
	static class Bell {

		@SocketMapping(endpoint = "orders", value = "PING")
		String on() {
			return "PONG";
		}

	}

	/**
	 * Answers quotes.
	 */
	@Component
	static class Quotes {

		@EventListener(condition = "#event.endpoint == 'quotes'")
		void on(MessageReceivedEvent<String> event) {
			event.reply("17 " + event.getPayload());
		}

	}

}
