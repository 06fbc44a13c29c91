package dev.sockets.runtime.handshake;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

import dev.sockets.tcp.Password;

/**
 * A password as both sides prove that they know it. Made once for an endpoint, as that is
 * to take long; a proof is quick. See {@code docs/password.md}.
 */
public final class PasswordKey {

	private static final int ITERATIONS = 200_000;

	private static final byte[] SALT = "sockets-password-1".getBytes(StandardCharsets.US_ASCII);

	private static final int BITS = 256;

	private final SecretKeySpec key;

	private PasswordKey(byte[] key) {
		this.key = new SecretKeySpec(key, "HmacSHA256");
		Arrays.fill(key, (byte) 0);
	}

	/**
	 * Makes the key of a password.
	 * @param password the password, at least one character
	 * @return the key
	 */
	public static PasswordKey of(Password password) {
		PBEKeySpec spec = new PBEKeySpec(password.text().toCharArray(), SALT, ITERATIONS, BITS);
		try {
			return new PasswordKey(
					SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This JVM lacks PBKDF2 with HMAC-SHA-256", ex);
		}
		finally {
			spec.clearPassword();
		}
	}

	/**
	 * Proves that a side knows the password.
	 * @param transcript what the proof is for
	 * @return the proof
	 */
	byte[] prove(byte[] transcript) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(this.key);
			return mac.doFinal(transcript);
		}
		catch (NoSuchAlgorithmException | InvalidKeyException ex) {
			throw new IllegalStateException("This JVM lacks HMAC-SHA-256", ex);
		}
	}

	@Override
	public String toString() {
		return "******";
	}

}
