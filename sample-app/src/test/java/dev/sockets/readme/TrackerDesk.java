package dev.sockets.readme;

import org.springframework.stereotype.Component;

import dev.sockets.annotation.SocketListener;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpServer;

@Component
class TrackerDesk {

	private final TcpServer trackers;

	TrackerDesk(TcpServer trackers) {
		this.trackers = trackers;
	}

	@SocketListener("trackers")
	void on(String line, Connection connection) {
		if (line.startsWith("LOGIN ")) {
			connection.bind(line.substring("LOGIN ".length()));
			connection.send("welcome");
		}
	}

	boolean isThere(String device) {
		return !this.trackers.presence().ofUser(device).isEmpty();
	}

	void locate(String device) {
		this.trackers.find(device).ifPresent((connection) -> connection.send("where are you?"));
	}

}
