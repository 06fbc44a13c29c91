package dev.sockets.runtime.handshake;

import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.tcp.ClientAuth;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Credentials;
import dev.sockets.tcp.PeerLogin;
import dev.sockets.tcp.SocketAuthenticator;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServerSettings;

/**
 * A client logs in by a user name and a password, or by the certificate that it has shown
 * by TLS anyway, and the authenticator of the server says who it is. See
 * {@code docs/login.md}.
 */
public final class LoginHandshake {

	/** Of a name and a password that are as short as they usually are. */
	private static final int USUAL_LENGTH = 256;

	private LoginHandshake() {
	}

	/**
	 * Returns what begins the connections of a server.
	 * @param settings those of the server
	 * @param authenticator says who its peers are
	 * @param threads run the authenticator
	 * @return makes a handshake for each
	 * @throws dev.sockets.InvalidSettingException when its framing cannot carry it
	 */
	public static FrameHandshake.Factory server(TcpServerSettings settings, SocketAuthenticator authenticator,
			Executor threads) {
		ConnectionSettings connection = settings.connection();
		AuthenticatorThreads authenticators = new AuthenticatorThreads(threads);
		if (connection.tls() != null && connection.tls().clientAuth() == ClientAuth.NEED) {
			return (link) -> new ServerSide(settings, authenticator, authenticators, link, true);
		}
		check(connection, "authenticator", USUAL_LENGTH, null);
		return (link) -> new ServerSide(settings, authenticator, authenticators, link, false);
	}

	/**
	 * Returns what begins the connections of a client.
	 * @param settings those of the client
	 * @param credentials what it logs in with
	 * @return makes a handshake for each
	 * @throws dev.sockets.InvalidSettingException when its framing cannot carry it
	 */
	public static FrameHandshake.Factory client(TcpClientSettings settings, Credentials credentials) {
		byte[] message = LoginMessages.password(credentials);
		check(settings.connection(), "credentials", message.length, message);
		return (link) -> new ClientSide(message, settings.allowPlainCredentials(), link);
	}

	private static void check(ConnectionSettings settings, String key, int longest, byte @Nullable [] message) {
		HandshakeFramings.check(settings.path(), key, settings.framing(), settings.maxFrameSize(), longest,
				LoginMessages.samples(message));
	}

	private static SocketOperationException failure(String reason) {
		return new SocketOperationException(SocketErrorCode.AUTHENTICATION_FAILED, reason);
	}

	/** The side that has accepted the connection. */
	private static final class ServerSide implements FrameHandshake {

		private final TcpServerSettings settings;

		private final SocketAuthenticator authenticator;

		private final AuthenticatorThreads threads;

		private final HandshakeLink link;

		private final boolean byCertificate;

		private volatile AuthenticatorThreads.@Nullable Turn asked;

		private volatile boolean ended;

		ServerSide(TcpServerSettings settings, SocketAuthenticator authenticator, AuthenticatorThreads threads,
				HandshakeLink link, boolean byCertificate) {
			this.settings = settings;
			this.authenticator = authenticator;
			this.threads = threads;
			this.link = link;
			this.byCertificate = byCertificate;
		}

		@Override
		public void begin() {
			if (this.byCertificate) {
				ask(null);
			}
			else {
				this.link.limitFrames(Math.min(LoginMessages.MAX_LENGTH, this.settings.connection().maxFrameSize()));
			}
		}

		@Override
		public void received(byte[] frame) {
			Credentials credentials = LoginMessages.credentials(frame);
			if (credentials != null) {
				ask(credentials);
			}
			else {
				this.link.end(failure("The peer has sent something else before it has authenticated"));
			}
		}

		private void ask(@Nullable Credentials credentials) {
			this.link.suspend();
			PeerLogin login = new PeerLogin(this.settings.name(), this.link.remoteAddress(), credentials,
					certificates());
			try {
				AuthenticatorThreads.Turn asked = this.threads.submit(this.link.network(), () -> decide(login));
				this.asked = asked;
				if (this.ended) {
					this.threads.cancel(asked);
				}
			}
			catch (Throwable ex) {
				this.link.giveUp(ex);
			}
		}

		private List<X509Certificate> certificates() {
			SSLSession session = this.link.tlsSession();
			try {
				return (session == null) ? List.of()
						: Arrays.stream(session.getPeerCertificates())
							.filter(X509Certificate.class::isInstance)
							.map(X509Certificate.class::cast)
							.toList();
			}
			catch (SSLPeerUnverifiedException ex) {
				return List.of();
			}
		}

		private void decide(PeerLogin login) {
			if (!this.link.isAwaited()) {
				return;
			}
			try {
				Principal principal = this.authenticator.authenticate(login);
				if (principal != null) {
					letIn(principal);
				}
				else {
					tell(LoginMessages.refused());
					this.link.end(failure("The authenticator does not know what the peer has shown"));
				}
			}
			catch (Throwable ex) {
				this.link.giveUp(ex);
			}
		}

		private void letIn(Principal principal) {
			if (this.link.admit()) {
				this.link.authenticated(principal);
				tell(LoginMessages.welcome());
				this.link.end(null);
			}
		}

		private void tell(byte[] message) {
			if (!this.byCertificate) {
				this.link.send(message);
			}
		}

		@Override
		public void ended() {
			this.ended = true;
			AuthenticatorThreads.Turn asked = this.asked;
			if (asked != null) {
				this.threads.cancel(asked);
			}
		}

	}

	/** The side that has connected. */
	private static final class ClientSide implements FrameHandshake {

		private final byte[] message;

		private final boolean allowPlain;

		private final HandshakeLink link;

		ClientSide(byte[] message, boolean allowPlain, HandshakeLink link) {
			this.message = message;
			this.allowPlain = allowPlain;
			this.link = link;
		}

		/** A name may stand for another machine than it did at start. */
		@Override
		public void begin() {
			if (!this.allowPlain && this.link.tlsSession() == null
					&& !this.link.remoteAddress().getAddress().isLoopbackAddress()) {
				this.link.end(failure("The credentials would be sent to another machine without TLS"));
				return;
			}
			this.link.limitFrames(LoginMessages.welcome().length);
			this.link.send(this.message);
		}

		@Override
		public void received(byte[] frame) {
			if (LoginMessages.isWelcome(frame)) {
				this.link.end(null);
			}
			else {
				this.link.end(failure(LoginMessages.isRefused(frame) ? "The server has refused the credentials"
						: "The server does not answer the log-in, as one with an authenticator does"));
			}
		}

	}

}
