package dev.sockets.runtime.tcp;

import org.jspecify.annotations.Nullable;

import dev.sockets.runtime.handshake.FrameHandshake;
import dev.sockets.runtime.handshake.PasswordFramings;
import dev.sockets.runtime.handshake.PasswordHandshake;
import dev.sockets.runtime.handshake.PasswordKey;
import dev.sockets.runtime.handshake.SessionHandshake;
import dev.sockets.tcp.ConnectionHandshake;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Password;
import dev.sockets.tcp.SessionSettings;

/**
 * What both sides of an endpoint's connections do before the application knows of them,
 * but for TCPTalks, whose requests by opcode begin by themselves.
 *
 * @param handshake of the application; {@code null} for none
 * @param frames of ours; {@code null} for none
 */
record Handshakes(@Nullable ConnectionHandshake handshake, FrameHandshake.@Nullable Factory frames) {

	/**
	 * Returns those of an endpoint.
	 * @param settings how its connections behave
	 * @param server whether it is a server
	 */
	static Handshakes of(ConnectionSettings settings, boolean server) {
		return new Handshakes(settings.opening().handshake(), frames(settings, server));
	}

	private static FrameHandshake.@Nullable Factory frames(ConnectionSettings settings, boolean server) {
		SessionSettings session = settings.opening().session();
		if (session != null) {
			return SessionHandshake.factory(session, server);
		}
		Password password = settings.opening().password();
		if (password != null && !settings.isTcptalks()) {
			PasswordFramings.check(settings.path(), settings.framing(), settings.maxFrameSize());
			return PasswordHandshake.factory(PasswordKey.of(password), server);
		}
		return null;
	}

	/**
	 * Has a new connection begin with them, if there are any. Called before any other
	 * hook of payloads is added.
	 * @param connection the connection
	 */
	static void addTo(DefaultConnection connection) {
		Handshakes handshakes = connection.context().handshakes();
		if (handshakes.handshake() != null) {
			connection.reader().payloadHooks().add(new HandshakeHook(connection, handshakes.handshake()));
		}
		if (handshakes.frames() != null) {
			FrameHandshakeHook hook = new FrameHandshakeHook(connection, handshakes.frames());
			connection.reader().frames().add(hook);
			connection.reader().payloadHooks().add(hook);
		}
	}

}
