package dev.sockets.runtime.handshake;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.tcp.SessionSettings;

/**
 * A log-in by fixed texts: a client says its hello and expects an answer, a server
 * expects the first message and says its own then.
 */
public final class SessionHandshake implements FrameHandshake {

	private final SessionSettings settings;

	private final boolean server;

	private final HandshakeLink link;

	private SessionHandshake(SessionSettings settings, boolean server, HandshakeLink link) {
		this.settings = settings;
		this.server = server;
		this.link = link;
	}

	/**
	 * Returns what begins the connections of an endpoint.
	 * @param settings what is said and expected
	 * @param server whether the endpoint is a server
	 * @return makes a handshake for each
	 */
	public static FrameHandshake.Factory factory(SessionSettings settings, boolean server) {
		return (link) -> new SessionHandshake(settings, server, link);
	}

	@Override
	public void begin() {
		this.link.limitTime(this.settings.timeout());
		if (!this.server) {
			sayHello();
		}
		if (this.settings.expect() == null) {
			this.link.end(null);
		}
	}

	@Override
	public void received(byte[] frame) {
		Pattern expected = this.settings.expect();
		if (expected != null && !expected.matcher(new String(frame, this.settings.charset())).matches()) {
			this.link.end(unexpected());
			return;
		}
		if (this.server) {
			if (!this.link.admit()) {
				return;
			}
			sayHello();
		}
		this.link.end(null);
	}

	private void sayHello() {
		byte @Nullable [] hello = this.settings.hello();
		if (hello != null) {
			this.link.send(hello);
		}
	}

	/** Does not say what has come: it may be a password. */
	private SocketOperationException unexpected() {
		return new SocketOperationException(SocketErrorCode.AUTHENTICATION_FAILED,
				(this.server ? "The first message" : "The answer") + " does not match session.expect");
	}

}
