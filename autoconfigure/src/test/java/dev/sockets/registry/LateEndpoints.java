package dev.sockets.registry;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Endpoints on the loopback interface that tests make while the application runs.
 */
final class LateEndpoints {

	private LateEndpoints() {
	}

	static TcpServerSettings.Builder server(String name) {
		return TcpServerSettings.builder(name).host("127.0.0.1").port(0);
	}

	static TcpServerSettings manual(String name) {
		return server(name).connection((connection) -> connection.autoStartup(false)).build();
	}

	static TcpClientSettings.Builder client(String name, TcpServer server) {
		return client(name, server.getLocalAddress().getPort());
	}

	static TcpClientSettings.Builder client(String name, int port) {
		return TcpClientSettings.builder(name).host("127.0.0.1").port(port);
	}

	static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
