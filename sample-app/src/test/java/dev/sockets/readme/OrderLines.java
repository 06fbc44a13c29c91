package dev.sockets.readme;

import org.springframework.stereotype.Component;

import dev.sockets.annotation.SocketListener;

@Component
class OrderLines {

	@SocketListener("orders")
	String on(String line) {
		return "accepted " + line;
	}

}
