package dev.sockets.sample;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import dev.sockets.multicast.MulticastSender;

/**
 * Announces the application to a multicast group of this machine, where the receiver
 * {@code bulletin} hears it; {@link SocketLog} shows it.
 */
@Component
class Bulletin {

	private final MulticastSender announcer;

	Bulletin(MulticastSender announcer) {
		this.announcer = announcer;
	}

	@EventListener(ApplicationReadyEvent.class)
	void announce() {
		this.announcer.send("The sample is ready");
	}

}
