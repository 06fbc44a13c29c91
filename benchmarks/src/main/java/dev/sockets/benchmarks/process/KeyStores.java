package dev.sockets.benchmarks.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import dev.sockets.benchmarks.server.ServerKeys;

/**
 * Makes the certificate of the servers with {@code keytool}, once: it signs itself, by a
 * key on the curve P-256.
 */
final class KeyStores {

	private static final long SECONDS = 30;

	private @Nullable Path made;

	/**
	 * Makes the file unless it was.
	 * @return a PKCS 12 key store
	 * @throws IOException when it cannot be made
	 */
	Path file() throws IOException {
		Path file = this.made;
		if (file == null) {
			file = Files.createTempDirectory("sockets-benchmarks").resolve("server.p12");
			make(file);
			this.made = file;
		}
		return file;
	}

	private static void make(Path file) throws IOException {
		String keytool = Path.of(System.getProperty("java.home"), "bin" + File.separator + "keytool").toString();
		Process process = new ProcessBuilder(List.of(keytool, "-genkeypair", "-alias", "server", "-keyalg", "EC",
				"-groupname", "secp256r1", "-sigalg", "SHA256withECDSA", "-dname", "CN=localhost", "-validity", "30",
				"-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", ServerKeys.PASSWORD))
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		try {
			if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
				throw new IOException("keytool has made no key");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
		finally {
			process.destroyForcibly();
		}
	}

}
