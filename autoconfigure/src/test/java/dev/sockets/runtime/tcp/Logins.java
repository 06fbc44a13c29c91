package dev.sockets.runtime.tcp;

import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

import dev.sockets.tcp.Credentials;
import dev.sockets.tcp.PeerLogin;
import dev.sockets.tcp.SocketAuthenticator;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServer;

/**
 * A server that knows one user and replies what it receives, and clients that log in
 * there.
 */
final class Logins {

	static final String SECRET = "s3cret of ada";

	static final String RIGHT = message("ada", SECRET);

	static final String WRONG = message("ada", "s3cret guess");

	final Queue<Object> received = new ConcurrentLinkedQueue<>();

	private final TestEndpoints endpoints;

	Logins(TestEndpoints endpoints) {
		this.endpoints = endpoints.onMessage((message) -> {
			this.received.add(message.getPayload());
			message.reply(message.getPayload());
		});
	}

	static Principal user(String name) {
		return () -> name;
	}

	/** Knows one user. */
	static Principal authenticate(PeerLogin login) {
		Credentials credentials = login.credentials();
		return (credentials != null && Credentials.of("ada", SECRET).equals(credentials)) ? user("ada") : null;
	}

	static String message(String username, String password) {
		HexFormat hex = HexFormat.of();
		return "SOCKETS-LOGIN/1 PASSWORD " + hex.formatHex(username.getBytes(StandardCharsets.UTF_8)) + " "
				+ hex.formatHex(password.getBytes(StandardCharsets.UTF_8));
	}

	TcpServer server(SocketAuthenticator authenticator) {
		return this.endpoints.serve((settings) -> settings.authenticator(authenticator));
	}

	TcpServer server() {
		return server(Logins::authenticate);
	}

	TcpClient client(TcpServer server, String password, Consumer<TcpClientSettings.Builder> more) {
		return this.endpoints.newClient("client", server.getLocalAddress().getPort(), (settings) -> {
			settings.credentials(Credentials.of("ada", password));
			more.accept(settings);
		});
	}

}
