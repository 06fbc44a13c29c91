package dev.sockets.runtime.backplane.frame;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs messages by a secret: HMAC-SHA-256, cut to {@value #BYTES} bytes, of the name of
 * the channel and all bytes before the signature, which are the last of the message. Open
 * to all threads, one at a time.
 */
public final class FrameSignature {

	/** Length of a signature. */
	static final int BYTES = 16;

	private static final String ALGORITHM = "HmacSHA256";

	private final Mac mac;

	/**
	 * Creates what signs by a secret.
	 * @param secret the secret
	 */
	public FrameSignature(String secret) {
		try {
			this.mac = Mac.getInstance(ALGORITHM);
			this.mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java has " + ALGORITHM, ex);
		}
	}

	/** Returns the signature of the first bytes of a message, and more behind it. */
	synchronized byte[] of(String channel, byte[] message, int length) {
		this.mac.update(channel.getBytes(StandardCharsets.UTF_8));
		this.mac.update(message, 0, length);
		return this.mac.doFinal();
	}

	/**
	 * Returns whether a message has this signature.
	 * @param channel the channel that it came on
	 * @param message the message, which ends by a signature
	 * @return whether it is signed by this secret, for this channel
	 */
	boolean isOf(String channel, byte[] message) {
		int length = message.length - BYTES;
		byte[] right = of(channel, message, length);
		int difference = 0;
		for (int i = 0; i < BYTES; i++) {
			difference |= right[i] ^ message[length + i];
		}
		return difference == 0;
	}

}
