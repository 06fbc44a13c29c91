package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ForkJoinPool;

import org.awaitility.Awaitility;

import dev.sockets.backplane.BackplaneSettings;
import dev.sockets.runtime.backplane.Backplane;
import dev.sockets.tcp.TcpServer;

/**
 * A node in a JVM of its own, for a test to pause. Says its port, and for each line that
 * it reads how often it was cut off; ends with its input.
 */
final class PausedNode {

	static final int NODES = 3;

	static final String ID = "paused";

	/** It is not deaf before it has heard nothing for three of that. */
	static final Duration BEAT = Duration.ofSeconds(1);

	static final Duration SILENCE = Duration.ofSeconds(4);

	private PausedNode() {
	}

	public static void main(String[] args) throws IOException {
		BackplaneSettings settings = BackplaneSettings.builder("test")
			.heartbeat(BEAT, SILENCE)
			.groupChannels(2)
			.build();
		Backplane backplane = new Backplane(ID, settings, RedisNodes.engine(args[0], ID), ForkJoinPool.commonPool());
		backplane.start();
		try (TestEndpoints endpoints = new TestEndpoints(backplane)) {
			TcpServer server = endpoints.serve(RedisNodes::patient);
			Awaitility.await("it takes what they send").until(() -> server.presence().nodes().size() == NODES);
			System.out.println("port " + server.getLocalAddress().getPort());
			int read = System.in.read();
			while (read >= 0) {
				if (read == '\n') {
					System.out.println("outages " + backplane.watch().statistics().outages());
				}
				read = System.in.read();
			}
			endpoints.stopAll();
			backplane.stop();
		}
	}

}
