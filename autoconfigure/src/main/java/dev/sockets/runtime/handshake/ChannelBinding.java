package dev.sockets.runtime.handshake;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

import org.jspecify.annotations.Nullable;

/**
 * What ties a proof to the TLS below it, so that nobody between can pass it on: the hash
 * of the server's certificate, {@code tls-server-end-point} of RFC 5929.
 *
 * @param type 0 for none, 1 for the hash of the certificate
 * @param value the hash; nothing without TLS
 */
record ChannelBinding(int type, byte[] value) {

	static final ChannelBinding NONE = new ChannelBinding(0, new byte[0]);

	private static final int SERVER_END_POINT = 1;

	private static final Pattern HASH = Pattern.compile("^SHA-?(224|256|384|512)WITH", Pattern.CASE_INSENSITIVE);

	/**
	 * Returns the binding of a connection.
	 * @param session its TLS; {@code null} when there is none
	 * @param server whether this side is the server
	 * @return the binding; none when the server has shown no certificate
	 */
	static ChannelBinding of(@Nullable SSLSession session, boolean server) {
		X509Certificate certificate = (session != null) ? certificate(session, server) : null;
		if (certificate == null) {
			return NONE;
		}
		try {
			return new ChannelBinding(SERVER_END_POINT,
					MessageDigest.getInstance(hash(certificate.getSigAlgName())).digest(certificate.getEncoded()));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("The certificate of the server has no hash", ex);
		}
	}

	private static @Nullable X509Certificate certificate(SSLSession session, boolean server) {
		try {
			Certificate[] chain = server ? session.getLocalCertificates() : session.getPeerCertificates();
			return (chain != null && chain.length > 0 && chain[0] instanceof X509Certificate certificate) ? certificate
					: null;
		}
		catch (SSLPeerUnverifiedException ex) {
			return null;
		}
	}

	/** That of the certificate's own signature, but none that is weaker than SHA-256. */
	static String hash(String signature) {
		Matcher matcher = HASH.matcher(signature.toUpperCase(Locale.ROOT));
		return (matcher.find() && !matcher.group(1).equals("224")) ? "SHA-" + matcher.group(1) : "SHA-256";
	}

}
