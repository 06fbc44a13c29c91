package dev.sockets.runtime.tcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;

import dev.sockets.event.EndpointFailedEvent;
import dev.sockets.tcp.TcpServer;

/**
 * An echo server in a process of its own that may be given few descriptors, and a path.
 * It prints its port and what fails, and answers each line of its input with its state.
 * It does so once before, as a class that is needed later needs a descriptor.
 */
final class ExhaustedServer {

	private ExhaustedServer() {
	}

	public static void main(String[] args) throws IOException {
		try (TestEndpoints endpoints = new TestEndpoints()) {
			endpoints.echo().onEvent((event) -> {
				if (event instanceof EndpointFailedEvent failed) {
					System.out.println((failed.isRecovered() ? "recovered " : "failed ") + failed.getCode());
				}
			});
			TcpServer server = (args.length > 0) ? endpoints.serve((settings) -> settings.path(Path.of(args[0])))
					: endpoints.server();
			BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
			System.out.println("state " + server.status().state());
			System.out.println("port " + server.getLocalAddress().getPort());
			while (input.readLine() != null) {
				System.out.println("state " + server.status().state());
			}
		}
	}

}
