package dev.sockets.benchmarks.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

import javax.net.ssl.KeyManagerFactory;

/**
 * The certificate that all servers show, and what they offer: the same protocol and
 * cipher suite.
 */
public final class ServerKeys {

	/** The system property with the file, a PKCS 12 key store. */
	public static final String FILE = "benchmarks.keys";

	/** The password of the file. */
	public static final String PASSWORD = "changeit";

	static final String PROTOCOL = "TLSv1.3";

	static final String CIPHER = "TLS_AES_128_GCM_SHA256";

	private ServerKeys() {
	}

	/**
	 * Returns where the keys are.
	 * @return the file
	 */
	static Path file() {
		return Path.of(System.getProperty(FILE));
	}

	/**
	 * Loads the keys.
	 * @return a new factory
	 * @throws GeneralSecurityException when they cannot be used
	 * @throws IOException when they cannot be read
	 */
	static KeyManagerFactory load() throws GeneralSecurityException, IOException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(file())) {
			store.load(in, PASSWORD.toCharArray());
		}
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store, PASSWORD.toCharArray());
		return keys;
	}

}
