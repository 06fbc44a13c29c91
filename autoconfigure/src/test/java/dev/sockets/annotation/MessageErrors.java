package dev.sockets.annotation;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;

import org.springframework.context.event.EventListener;

import dev.sockets.event.MessageErrorEvent;

/**
 * Hears of messages that handlers could not do with.
 */
class MessageErrors {

	private final List<MessageErrorEvent> events = new CopyOnWriteArrayList<>();

	@EventListener
	void on(MessageErrorEvent event) {
		this.events.add(event);
	}

	MessageErrorEvent await() {
		Awaitility.await().until(() -> !this.events.isEmpty());
		return this.events.get(0);
	}

}
