package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

import dev.sockets.FailureText;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.loop.tls.TlsHandshakeException;

/**
 * Says what it means when TLS fails, and what to change.
 */
final class TlsFailures {

	private static final int MOST_CAUSES = 8;

	/** What the JDK says, or the peer by an alert, and what it means. */
	private static final String[][] KNOWN = {
			{ "no subject alternative",
					"its certificate is for another host: connect to the host that it names, give"
							+ " it that name, or set ssl.verify-hostname to false if its name is of no importance" },
			{ "no name matching",
					"its certificate is for another host: connect to the host that it names, give it"
							+ " that name, or set ssl.verify-hostname to false if its name is of no importance" },
			{ "path building failed",
					"its certificate was signed by nobody that the truststore of ssl.bundle has: add who has signed it" },
			{ "path does not chain",
					"its certificate was signed by nobody that the truststore of ssl.bundle has: add who has signed it" },
			{ "empty client certificate", "it has no certificate, which ssl.client-auth asks for" },
			{ "empty server certificate", "it has no certificate" },
			{ "unrecognized ssl message", "it does not speak TLS" },
			{ "alert: certificate_required", "it wants a certificate: ssl.bundle needs a keystore with one" },
			{ "alert: certificate_expired", "the certificate of this side has expired: renew that of ssl.bundle" },
			{ "alert: unknown_ca", "it does not trust the certificate of this side: tell it who has signed that" },
			{ "alert: certificate_unknown",
					"it does not trust the certificate of this side, or that is for another"
							+ " host, or has expired" },
			{ "alert: bad_certificate",
					"it does not take the certificate of this side, or wants one that this side"
							+ " has not: look at the keystore of ssl.bundle" },
			{ "alert: protocol_version", "there is no version of TLS that both sides speak" },
			{ "alert: handshake_failure",
					"there is no cipher suite in common, or it wants a certificate that this" + " side has not" },
			{ "no appropriate protocol", "there is no version of TLS that both sides speak" },
			{ "not accepted by server preferences", "there is no version of TLS that both sides speak" },
			{ "not accepted by client preferences", "there is no version of TLS that both sides speak" },
			{ "is not enabled or supported", "there is no version of TLS that both sides speak" },
			{ "no cipher suites in common", "there is no cipher suite in common, or ssl.bundle has no key for one" },
			{ "no available authentication scheme", "ssl.bundle has no key with a certificate to show" } };

	private TlsFailures() {
	}

	/**
	 * Says what a failure means.
	 * @param cause what a connection has failed with
	 * @param client whether this side has begun it
	 * @return the same, unless TLS has failed
	 */
	static IOException explained(IOException cause, boolean client) {
		if (!(cause instanceof SSLException)) {
			return cause;
		}
		String text = "no TLS with the peer: " + meaning(cause, client);
		return new IOException(text, new SocketOperationException(SocketErrorCode.TLS_FAILED, text, cause));
	}

	private static String meaning(IOException cause, boolean client) {
		if (cause instanceof TlsHandshakeException handshake) {
			return switch (handshake.getReason()) {
				case PLAIN -> "it does not speak TLS" + (client ? " on this port" : "");
				case ENDED -> "it has closed the connection within the handshake"
						+ (client ? "; maybe it does not speak TLS on this port" : "");
				case LATE -> "the handshake was not over within ssl.handshake-timeout"
						+ (client ? "; maybe it does not speak TLS on this port" : "");
			};
		}
		Throwable each = cause;
		for (int depth = 0; each != null && depth < MOST_CAUSES; depth++) {
			String message = FailureText.message(each);
			String meaning = (each instanceof CertificateException) ? expired(each) : null;
			meaning = (meaning != null) ? meaning : known(message);
			if (meaning != null) {
				return meaning + " (" + message + ")";
			}
			each = each.getCause();
		}
		return unknown(cause);
	}

	private static String unknown(Throwable cause) {
		Throwable first = cause;
		for (int depth = 0; first.getCause() != null && depth < MOST_CAUSES; depth++) {
			first = first.getCause();
		}
		String text = FailureText.message(cause);
		return (first != cause) ? text + ": " + FailureText.of(first) : text;
	}

	private static @Nullable String expired(Throwable cause) {
		if (cause instanceof CertificateExpiredException) {
			return "its certificate has expired: it has to be renewed";
		}
		return (cause instanceof CertificateNotYetValidException)
				? "its certificate is not valid yet: look at the clocks" : null;
	}

	private static @Nullable String known(String message) {
		String text = message.toLowerCase(Locale.ROOT);
		for (String[] known : KNOWN) {
			if (text.contains(known[0])) {
				return known[1];
			}
		}
		return null;
	}

}
