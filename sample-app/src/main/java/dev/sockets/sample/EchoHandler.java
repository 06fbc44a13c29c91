package dev.sockets.sample;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import dev.sockets.event.MessageReceivedEvent;

/**
 * Answers each line: all that a server needs.
 */
@Component
class EchoHandler {

	@EventListener(condition = "#event.endpoint == 'echo'")
	void on(MessageReceivedEvent<String> event) {
		event.reply("echo " + event.getPayload());
	}

}
