package dev.sockets.readme;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import dev.sockets.event.MessageReceivedEvent;

@Component
class OrderLines {

	@EventListener(condition = "#event.endpoint == 'orders'")
	void on(MessageReceivedEvent<String> event) {
		event.reply("accepted " + event.getPayload());
	}

}
