package dev.sockets.readme;

import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpServer;

class Devices {

	void name(TcpServer server, Connection connection) {
		// @formatter:off
		connection.bind("dev-42");          // when it has logged in
		server.find("dev-42");              // the open connection of that device, if there is one
		connection.getBoundName();          // also in its DisconnectedEvent
		// @formatter:on
	}

}
