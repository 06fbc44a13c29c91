package dev.sockets.runtime.handshake;

import java.nio.charset.StandardCharsets;

/**
 * What a client without TLS answers to the challenge of a server with a password.
 */
public final class PasswordAnswers {

	private PasswordAnswers() {
	}

	/**
	 * Returns the answer to a challenge.
	 * @param challenge the server's message
	 * @param key that of the password
	 * @return the client's message
	 */
	public static String to(String challenge, PasswordKey key) {
		byte[] nonce = PasswordMessages.nonceOfChallenge(challenge.getBytes(StandardCharsets.US_ASCII));
		byte[] own = new byte[nonce.length];
		byte[] proof = new PasswordTranscript(nonce, own, ChannelBinding.of(null, false)).clientProof(key);
		return new String(PasswordMessages.answer(own, proof), StandardCharsets.US_ASCII);
	}

}
