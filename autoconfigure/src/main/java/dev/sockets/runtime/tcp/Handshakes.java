package dev.sockets.runtime.tcp;

import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import dev.sockets.runtime.handshake.FrameHandshake;
import dev.sockets.runtime.handshake.LoginHandshake;
import dev.sockets.runtime.handshake.PasswordHandshake;
import dev.sockets.runtime.handshake.SessionHandshake;
import dev.sockets.tcp.ConnectionHandshake;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Credentials;
import dev.sockets.tcp.Password;
import dev.sockets.tcp.SessionSettings;
import dev.sockets.tcp.SocketAuthenticator;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServerSettings;

/**
 * What both sides of an endpoint's connections do before the application knows of them,
 * but for TCPTalks, whose requests by opcode begin by themselves.
 *
 * @param handshake of the application; {@code null} for none
 * @param threads what that runs on
 * @param frames of ours; {@code null} for none
 */
public record Handshakes(@Nullable ConnectionHandshake handshake, HandshakeThreads threads,
		FrameHandshake.@Nullable Factory frames) {

	/**
	 * Returns those of a server.
	 * @param settings how it behaves
	 * @param threads run what may block
	 */
	public static Handshakes of(TcpServerSettings settings, Executor threads) {
		SocketAuthenticator authenticator = settings.authenticator();
		return (authenticator != null)
				? new Handshakes(null, new HandshakeThreads(), LoginHandshake.server(settings, authenticator, threads))
				: of(settings.connection(), true);
	}

	/**
	 * Returns those of a client.
	 * @param settings how it behaves
	 */
	public static Handshakes of(TcpClientSettings settings) {
		Credentials credentials = settings.credentials();
		return (credentials != null)
				? new Handshakes(null, new HandshakeThreads(), LoginHandshake.client(settings, credentials))
				: of(settings.connection(), false);
	}

	private static Handshakes of(ConnectionSettings settings, boolean server) {
		return new Handshakes(settings.opening().handshake(), new HandshakeThreads(), frames(settings, server));
	}

	private static FrameHandshake.@Nullable Factory frames(ConnectionSettings settings, boolean server) {
		SessionSettings session = settings.opening().session();
		if (session != null) {
			return SessionHandshake.factory(session, server);
		}
		Password password = settings.opening().password();
		return (password != null && !settings.isTcptalks()) ? PasswordHandshake.factory(settings, password, server)
				: null;
	}

	/**
	 * Has a new connection begin with them, if there are any. Called before any other
	 * hook of payloads is added.
	 * @param connection the connection
	 */
	static void addTo(DefaultConnection connection) {
		Handshakes handshakes = connection.context().handshakes();
		if (handshakes.handshake() != null) {
			connection.reader().add(new HandshakeHook(connection, handshakes.handshake(), handshakes.threads()));
		}
		if (handshakes.frames() != null) {
			FrameHandshakeHook hook = new FrameHandshakeHook(connection, handshakes.frames());
			connection.reader().frames().add(hook);
			connection.reader().add(hook);
		}
	}

}
