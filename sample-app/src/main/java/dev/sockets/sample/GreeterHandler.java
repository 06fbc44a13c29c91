package dev.sockets.sample;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import dev.sockets.event.ConnectedEvent;

/**
 * A client that says hello as soon as it is connected. {@link SocketLog} shows what it is
 * answered.
 */
@Component
class GreeterHandler {

	@EventListener(condition = "event.endpoint == 'greeter'")
	void on(ConnectedEvent event) {
		event.getConnection().send("hello from " + event.getEndpoint());
	}

}
