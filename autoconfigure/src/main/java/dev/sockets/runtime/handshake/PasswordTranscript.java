package dev.sockets.runtime.handshake;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * What the proofs of one connection are for: both nonces, and the certificate of the
 * server where there is TLS. The proofs of the sides differ by their names, so none can
 * be sent back as the other's.
 *
 * @param serverNonce chosen by the server
 * @param clientNonce chosen by the client
 * @param binding to the TLS below it
 */
record PasswordTranscript(byte[] serverNonce, byte[] clientNonce, ChannelBinding binding) {

	private static final int VERSION = 1;

	byte[] clientProof(PasswordKey key) {
		return key.prove(bytes("sockets-password client"));
	}

	byte[] serverProof(PasswordKey key) {
		return key.prove(bytes("sockets-password server"));
	}

	/** In a time that does not tell how much of a proof was right. */
	boolean isClientProof(PasswordKey key, byte[] proof) {
		return MessageDigest.isEqual(clientProof(key), proof);
	}

	/** In a time that does not tell how much of a proof was right. */
	boolean isServerProof(PasswordKey key, byte[] proof) {
		return MessageDigest.isEqual(serverProof(key), proof);
	}

	private byte[] bytes(String side) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		bytes.writeBytes(side.getBytes(StandardCharsets.US_ASCII));
		bytes.write(0);
		bytes.write(VERSION);
		bytes.writeBytes(this.serverNonce);
		bytes.writeBytes(this.clientNonce);
		bytes.write(this.binding.type());
		bytes.writeBytes(this.binding.value());
		return bytes.toByteArray();
	}

}
