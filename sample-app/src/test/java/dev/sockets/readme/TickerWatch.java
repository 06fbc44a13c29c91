package dev.sockets.readme;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.springframework.context.event.EventListener;

import dev.sockets.event.ConnectionFailedEvent;

class TickerWatch {

	final Queue<String> seen = new ConcurrentLinkedQueue<>();

	@EventListener
	void on(ConnectionFailedEvent event) {
		log("attempt " + event.getAttempt() + " has failed, the next one comes in " + event.getDelay());
	}

	private void log(String line) {
		this.seen.add(line);
	}

}
