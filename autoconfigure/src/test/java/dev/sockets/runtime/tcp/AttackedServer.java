package dev.sockets.runtime.tcp;

import java.io.IOException;

import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.tcp.TcpServer;

/**
 * An echo server in a process of its own with little memory. It prints its port, and that
 * it has stopped in order.
 */
final class AttackedServer {

	private AttackedServer() {
	}

	public static void main(String[] args) throws IOException, InterruptedException {
		TestEndpoints endpoints = new TestEndpoints();
		TcpServer server = endpoints.echo().onEvent(AttackedServer::look).server();
		System.out.println("port " + server.getLocalAddress().getPort());
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			server.stop();
			System.out.println("stopped");
		}));
		Thread.currentThread().join();
	}

	private static void look(Object event) {
		if (event instanceof DisconnectedEvent disconnected && disconnected.getReason() == DisconnectReason.MEMORY) {
			System.out.println("closed");
		}
	}

}
