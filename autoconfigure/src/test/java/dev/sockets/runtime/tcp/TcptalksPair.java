package dev.sockets.runtime.tcp;

import java.util.function.Consumer;

import dev.sockets.tcp.Profile;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;

/**
 * A server and clients that talk TCPTalks' wire.
 */
final class TcptalksPair {

	private TcptalksPair() {
	}

	static TcpServer server(TestEndpoints endpoints, String password) {
		return server(endpoints, password, (settings) -> {
		});
	}

	static TcpServer server(TestEndpoints endpoints, String password, Consumer<TcpServerSettings.Builder> more) {
		return endpoints.serve((settings) -> {
			settings.profile(Profile.TCPTALKS)
				.handshakeTimeout(TestEndpoints.SOON)
				.connection((connection) -> connection.password(password).requestTimeout(TestEndpoints.SOON));
			more.accept(settings);
		});
	}

	static TcpClient client(TestEndpoints endpoints, int port, String password) {
		return client(endpoints, port, password, (settings) -> {
		});
	}

	static TcpClient client(TestEndpoints endpoints, int port, String password,
			Consumer<TcpClientSettings.Builder> more) {
		return endpoints.newClient("client", port, (settings) -> {
			settings.profile(Profile.TCPTALKS)
				.connectTimeout(TestEndpoints.SOON)
				.connection((connection) -> connection.password(password).requestTimeout(TestEndpoints.SOON));
			more.accept(settings);
		});
	}

}
