package dev.sockets.readme;

import org.springframework.stereotype.Component;

import dev.sockets.annotation.SocketListener;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpServer;

@Component
class ChatDesk {

	private final TcpServer chat;

	ChatDesk(TcpServer chat) {
		this.chat = chat;
	}

	@SocketListener("chat")
	void on(String line, Connection connection) {
		if (line.startsWith("/join ")) {
			this.chat.group(line.substring("/join ".length())).join(connection);
			return;
		}
		for (String group : connection.getGroups()) {
			this.chat.group(group).send(line, connection.getId());
		}
	}

}
