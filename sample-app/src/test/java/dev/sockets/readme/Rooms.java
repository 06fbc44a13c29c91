package dev.sockets.readme;

import org.springframework.stereotype.Component;

import dev.sockets.registry.SocketEndpoints;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;

@Component
class Rooms {

	private final SocketEndpoints endpoints;

	Rooms(SocketEndpoints endpoints) {
		this.endpoints = endpoints;
	}

	TcpServer open(String name, int port) {
		return this.endpoints.registerServer(TcpServerSettings.builder(name).port(port).maxConnections(20).build());
	}

	void close(String name) {
		this.endpoints.remove(name);
	}

}
