package dev.sockets.readme;

import java.time.Duration;

import org.springframework.stereotype.Component;

import dev.sockets.annotation.SocketListener;
import dev.sockets.multicast.MulticastSender;

@Component
class NewsDesk {

	private final MulticastSender announcer;

	NewsDesk(MulticastSender announcer) {
		this.announcer = announcer;
	}

	@SocketListener("news")
	String on(String text) {
		return "read " + text; // goes back to the sender, by unicast
	}

	void announce(String text) {
		this.announcer.send(text);
	}

	String ask(String text) {
		return this.announcer.request(text, Duration.ofSeconds(5));
	}

}
