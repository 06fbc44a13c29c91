package dev.sockets.runtime.tcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.sockets.event.DisconnectedEvent;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Heartbeat;
import dev.sockets.tcp.InboundLimit;
import dev.sockets.tcp.OnExcess;
import dev.sockets.tcp.Rate;
import dev.sockets.tcp.TcpServer;

/**
 * Three servers and clients of one of them in a process of its own that may be stopped
 * for a while. It prints its ports, and answers each line of its input with how many
 * connections were closed.
 */
final class PausedServer {

	static final int CLIENTS = 10;

	/** How long a peer may be silent: longer than a machine holds up who beats. */
	static final Duration SILENCE = Duration.ofSeconds(4);

	private PausedServer() {
	}

	public static void main(String[] args) throws IOException {
		AtomicInteger closed = new AtomicInteger();
		try (TestEndpoints endpoints = new TestEndpoints(2)) {
			endpoints.onMessage("idle", (message) -> message.reply(message.getPayload())).onEvent((event) -> {
				if (event instanceof DisconnectedEvent) {
					closed.incrementAndGet();
				}
			});
			TcpServer idle = endpoints.server("idle",
					(connection) -> connection.idleTimeout(SILENCE).readTimeout(SILENCE));
			TcpServer beating = endpoints.server("beating", PausedServer::beating);
			TcpServer limited = endpoints.serve("limited", (server) -> server
				.access((access) -> access.inbound(new InboundLimit(Rate.parse("8/s"), OnExcess.DISCONNECT))));
			for (int i = 0; i < CLIENTS; i++) {
				endpoints
					.newClient("client" + i, beating.getLocalAddress().getPort(),
							(client) -> client.connection(PausedServer::beating))
					.connect();
			}
			BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
			System.out.println("ports " + Stream.of(idle, beating, limited)
				.map((server) -> String.valueOf(server.getLocalAddress().getPort()))
				.collect(Collectors.joining(" ")));
			while (input.readLine() != null) {
				System.out.println("closed " + closed.get());
			}
		}
	}

	private static void beating(ConnectionSettings.Builder connection) {
		connection.heartbeat(new Heartbeat(Duration.ofMillis(500), SILENCE, "beat".getBytes()));
	}

}
