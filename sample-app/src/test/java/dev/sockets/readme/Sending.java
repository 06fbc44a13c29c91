package dev.sockets.readme;

import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpServer;

class Sending {

	void send(MessageReceivedEvent<String> event, TcpServer orders, byte[] bytes) {
		event.reply("to the sender of a message");
		Connection connection = event.getConnection();
		connection.send("returns when the socket has taken it, or throws");
		connection.sendAsync("returns at once").whenComplete((done, failure) -> log(failure));
		connection.sendRaw(bytes); // past framing and codec
		int receivers = orders.broadcast("to all; encoded once, and waits for nobody");
		orders.findConnection(connection.getId()).ifPresent(Connection::close);
		log(receivers);
	}

	private void log(Object ignored) {
	}

}
