package dev.sockets.readme;

import java.util.ArrayList;
import java.util.List;

import org.springframework.context.event.EventListener;

import dev.sockets.event.MessageReceivedEvent;

/**
 * Replies what it receives.
 */
class Same {

	final List<Object> payloads = new ArrayList<>();

	@EventListener
	void on(MessageReceivedEvent<?> event) {
		this.payloads.add(event.getPayload());
		event.reply(event.getPayload());
	}

}
