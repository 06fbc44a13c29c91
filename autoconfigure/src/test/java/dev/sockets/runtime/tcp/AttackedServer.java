package dev.sockets.runtime.tcp;

import java.io.IOException;

import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpServer;

/**
 * Two echo servers in a process of their own with little memory, one of them with its
 * handlers on threads. It prints their ports, and that it has stopped in order.
 */
final class AttackedServer {

	private AttackedServer() {
	}

	public static void main(String[] args) throws IOException, InterruptedException {
		TestEndpoints endpoints = new TestEndpoints();
		TcpServer server = endpoints.echo().onEvent(AttackedServer::look).server();
		endpoints.onMessage("threads", (message) -> message.reply(message.getPayload()));
		TcpServer threads = endpoints.server("threads", (connection) -> connection.dispatch(Dispatch.THREAD));
		System.out.println("threads " + threads.getLocalAddress().getPort());
		System.out.println("port " + server.getLocalAddress().getPort());
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			threads.stop();
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
