package dev.sockets.runtime.tcp;

import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.RequestMatching;
import dev.sockets.tcp.RequestOrder;
import dev.sockets.tcp.RequestTimeoutPolicy;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

/**
 * A client that asks a server.
 */
final class RequestPair {

	/** What the client was told by events. */
	final Queue<Object> received = new ConcurrentLinkedQueue<>();

	/** What the server was asked and has not answered yet. */
	final Queue<Object> asked = new ConcurrentLinkedQueue<>();

	private final Queue<TcpServer> servers = new ConcurrentLinkedQueue<>();

	private final TestEndpoints endpoints;

	RequestPair(TestEndpoints endpoints) {
		this.endpoints = endpoints.onMessage((message) -> this.asked.add(message.getPayload()))
			.onMessage("client", (message) -> this.received.add(message.getPayload()));
	}

	static ConnectionSettings.Builder kept(ConnectionSettings.Builder connection) {
		return connection.requestMatching(new RequestMatching(null, RequestTimeoutPolicy.KEEP, RequestOrder.PIPELINED));
	}

	/** Connects a client to a server; the settings are those of both. */
	TcpClient connected(Consumer<ConnectionSettings.Builder> settings) {
		TcpServer server = this.endpoints.server(settings);
		TcpClient client = this.endpoints.newClient("client", server.getLocalAddress().getPort(),
				(builder) -> builder.connection(settings));
		client.connect();
		this.servers.add(server);
		return client;
	}

	Connection serverSide() {
		return this.endpoints.onlyConnection(this.servers.element());
	}

	/** Lets the server send messages in one write. */
	void reply(String... lines) {
		serverSide().sendRaw((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
	}

}
