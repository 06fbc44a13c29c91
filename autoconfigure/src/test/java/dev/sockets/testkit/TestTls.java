package dev.sockets.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.function.Supplier;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

import org.jspecify.annotations.Nullable;

import dev.sockets.tcp.TlsIdentity;
import dev.sockets.tcp.TlsSettings;

/**
 * The certificates of the tests, which {@code tls/make.sh} makes: {@code server},
 * {@code renewed}, {@code other}, {@code client} and {@code expired} are signed by
 * {@code authority}, {@code stranger} by {@code stranger-authority}, and {@code nasty},
 * whose name forges a line of log, by itself.
 */
public final class TestTls {

	private static final char[] NO_PASSWORD = {};

	private TestTls() {
	}

	/**
	 * Returns settings with a patient handshake, as machines may be busy.
	 * @param context the keys and those trusted
	 * @return a builder
	 */
	public static TlsSettings.Builder settings(SSLContext context) {
		return TlsSettings.builder(context).handshakeTimeout(Patience.SOON);
	}

	/**
	 * Returns settings with a patient handshake.
	 * @param identity the keys and those trusted, asked for each connection
	 * @return a builder
	 */
	public static TlsSettings.Builder settings(Supplier<TlsIdentity> identity) {
		return TlsSettings.builder(identity).handshakeTimeout(Patience.SOON);
	}

	/**
	 * Returns a context that trusts who is signed by the authority.
	 * @param name the certificate that it shows; {@code null} for none
	 * @return a new context
	 */
	public static SSLContext context(@Nullable String name) {
		return context(name, "authority");
	}

	/**
	 * Returns a context.
	 * @param name the certificate that it shows; {@code null} for none
	 * @param authority whom it trusts
	 * @return a new context
	 */
	public static SSLContext context(@Nullable String name, String authority) {
		try {
			TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			KeyStore trusted = emptyStore();
			trusted.setCertificateEntry(authority, certificate(authority));
			trust.init(trusted);
			return context(name, trust.getTrustManagers());
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns a context.
	 * @param name the certificate that it shows; {@code null} for none
	 * @param trust judges those of peers
	 * @return a new context
	 */
	public static SSLContext context(@Nullable String name, TrustManager[] trust) {
		try {
			KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			keys.init((name != null) ? keyStore(name) : null, NO_PASSWORD);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(keys.getKeyManagers(), trust, null);
			return context;
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns a file of the certificates.
	 * @param file its name, such as {@code server.pem} or {@code server.key}
	 * @return where it is
	 */
	public static Path file(String file) {
		try {
			return Path.of(url(file).toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static KeyStore keyStore(String name) throws GeneralSecurityException, IOException {
		KeyStore store = emptyStore();
		store.setKeyEntry(name, key(name), NO_PASSWORD, new Certificate[] { certificate(name) });
		return store;
	}

	private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, NO_PASSWORD);
		return store;
	}

	private static Certificate certificate(String name) throws GeneralSecurityException, IOException {
		try (InputStream in = url(name + ".pem").openStream()) {
			return CertificateFactory.getInstance("X.509").generateCertificate(in);
		}
	}

	private static PrivateKey key(String name) throws GeneralSecurityException {
		try (InputStream in = url(name + ".key").openStream()) {
			String pem = new String(in.readAllBytes(), StandardCharsets.US_ASCII).replaceAll("-----.*-----", "");
			return KeyFactory.getInstance("EC")
				.generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static URL url(String file) {
		URL url = TestTls.class.getResource("/tls/" + file);
		if (url == null) {
			throw new IllegalArgumentException(file + " is no file of the certificates");
		}
		return url;
	}

}
