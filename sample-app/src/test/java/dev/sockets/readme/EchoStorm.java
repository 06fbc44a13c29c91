package dev.sockets.readme;

import org.springframework.context.event.EventListener;

import dev.sockets.event.MessageReceivedEvent;

/** What not to do. */
class EchoStorm {

	@EventListener
	void on(MessageReceivedEvent<String> event) {
		event.reply("echo " + event.getPayload());
	}

}
