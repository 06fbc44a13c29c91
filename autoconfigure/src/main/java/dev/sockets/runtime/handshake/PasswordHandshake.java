package dev.sockets.runtime.handshake;

import java.security.SecureRandom;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Password;

/**
 * Both sides prove that they know the password, the client first: a server tells nothing
 * to who does not know it. The password is never sent. See {@code docs/password.md}.
 */
public final class PasswordHandshake {

	private static final SecureRandom random = new SecureRandom();

	private PasswordHandshake() {
	}

	/**
	 * Returns what begins the connections of an endpoint.
	 * @param settings how they behave
	 * @param password what both sides know
	 * @param server whether the endpoint is a server
	 * @return makes a handshake for each
	 * @throws dev.sockets.InvalidSettingException when its framing cannot carry it
	 */
	public static FrameHandshake.Factory factory(ConnectionSettings settings, Password password, boolean server) {
		HandshakeFramings.check(settings.path(), "password", settings.framing(), settings.maxFrameSize(),
				PasswordMessages.MAX_LENGTH, PasswordMessages.samples());
		PasswordKey key = PasswordKey.of(password);
		return server ? (link) -> new ServerSide(key, link) : (link) -> new ClientSide(key, link);
	}

	private static byte[] nonce() {
		byte[] nonce = new byte[PasswordMessages.VALUE_BYTES];
		random.nextBytes(nonce);
		return nonce;
	}

	private static SocketOperationException failure(String reason) {
		return new SocketOperationException(SocketErrorCode.AUTHENTICATION_FAILED, reason);
	}

	/** The side that has accepted the connection. */
	private static final class ServerSide implements FrameHandshake {

		private final PasswordKey key;

		private final HandshakeLink link;

		private final byte[] nonce = nonce();

		ServerSide(PasswordKey key, HandshakeLink link) {
			this.key = key;
			this.link = link;
		}

		@Override
		public void begin() {
			this.link.limitFrames(PasswordMessages.MAX_LENGTH);
			this.link.send(PasswordMessages.challenge(this.nonce));
		}

		@Override
		public void received(byte[] frame) {
			List<byte[]> answer = PasswordMessages.valuesOfAnswer(frame);
			if (answer == null) {
				this.link.end(failure("The peer has sent something else before it has authenticated"));
				return;
			}
			PasswordTranscript transcript = new PasswordTranscript(this.nonce, answer.get(0),
					ChannelBinding.of(this.link.tlsSession(), true));
			if (!transcript.isClientProof(this.key, answer.get(1))) {
				this.link.send(PasswordMessages.refused());
				this.link.end(failure("The peer does not know the password"));
				return;
			}
			if (this.link.admit()) {
				this.link.send(PasswordMessages.welcome(transcript.serverProof(this.key)));
				this.link.end(null);
			}
		}

	}

	/** The side that has connected. */
	private static final class ClientSide implements FrameHandshake {

		private final PasswordKey key;

		private final HandshakeLink link;

		private final byte[] nonce = nonce();

		private @Nullable PasswordTranscript transcript;

		ClientSide(PasswordKey key, HandshakeLink link) {
			this.key = key;
			this.link = link;
		}

		@Override
		public void begin() {
			this.link.limitFrames(PasswordMessages.MAX_LENGTH);
		}

		@Override
		public void received(byte[] frame) {
			PasswordTranscript transcript = this.transcript;
			if (transcript == null) {
				answer(frame);
				return;
			}
			byte[] proof = PasswordMessages.proofOfWelcome(frame);
			if (proof != null && transcript.isServerProof(this.key, proof)) {
				this.link.end(null);
			}
			else {
				this.link.end(failure(PasswordMessages.isRefused(frame) ? "The server has refused the password"
						: "The server has not shown that it knows the password"));
			}
		}

		private void answer(byte[] frame) {
			byte[] challenge = PasswordMessages.nonceOfChallenge(frame);
			if (challenge == null) {
				this.link.end(failure("The server does not ask for the password first, as one with a password does"));
				return;
			}
			PasswordTranscript transcript = new PasswordTranscript(challenge, this.nonce,
					ChannelBinding.of(this.link.tlsSession(), false));
			this.transcript = transcript;
			this.link.send(PasswordMessages.answer(this.nonce, transcript.clientProof(this.key)));
		}

	}

}
