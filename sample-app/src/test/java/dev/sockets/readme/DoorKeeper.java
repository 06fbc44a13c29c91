package dev.sockets.readme;

import org.springframework.stereotype.Component;

import dev.sockets.annotation.SocketListener;
import dev.sockets.annotation.SocketMapping;
import dev.sockets.tcp.Connection;

@Component
class DoorKeeper {

	@SocketMapping(endpoint = "door", value = "OPEN")
	String open(String line, Connection connection) {
		return "opened for " + connection.getRemoteAddress().getHostString();
	}

	@SocketMapping(endpoint = "door", value = { "CLOSE", "LOCK" })
	void close() {
	}

	@SocketListener("door")
	String other(String line) {
		return "what is " + line + "?";
	}

}
