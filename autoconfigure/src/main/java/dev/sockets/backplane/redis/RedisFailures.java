package dev.sockets.backplane.redis;

import java.io.IOException;
import java.net.ConnectException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.sockets.FailureText;

/**
 * Says what it means when no connection to Redis can be had, and what to change.
 */
final class RedisFailures {

	/** What Lettuce says of a connection that has ended before it could be used. */
	private static final String ENDED_EARLY = "RedisHandshakeHandler not registered";

	/** What Lettuce says of one that gives no answer. */
	private static final String NO_ANSWER = "Connection initialization timed out";

	private static final String BUNDLE = "the bundle of spring.data.redis.ssl.bundle";

	private static final String UNTRUSTED = "its certificate was signed by nobody that this side trusts: give " + BUNDLE
			+ " a truststore with who has signed it, or the JVM with sockets.backplane.redis.url";

	/** What the JDK says, or Redis by an alert, and what it means. */
	private static final String[][] KNOWN = { { "certification path", UNTRUSTED }, { "path does not chain", UNTRUSTED },
			{ "subject alternative", "its certificate is for another host: connect to the host that it names" },
			{ "no name matching", "its certificate is for another host: connect to the host that it names" },
			{ "not an ssl/tls record",
					"it does not speak TLS on this port: use redis: instead of rediss:, and no "
							+ "spring.data.redis.ssl" },
			{ "certificate_required", "it wants a certificate: give " + BUNDLE + " a keystore with one" },
			{ "bad_certificate", "it does not take the certificate of this side: look at the keystore of " + BUNDLE },
			{ "certificate_unknown",
					"it does not take the certificate of this side: look at the keystore of " + BUNDLE },
			{ "certificate_expired", "the certificate of this side has expired: renew that of " + BUNDLE },
			{ "unknown_ca", "it does not trust the certificate of this side: tell it who has signed that" },
			{ "protocol_version", "there is no version of TLS that both sides speak" },
			{ "handshake_failure", "there is no cipher suite that both sides have" } };

	private RedisFailures() {
	}

	/**
	 * Says what a failure means.
	 * @param first what was first in the way
	 * @param tls whether this side speaks TLS
	 * @return what it says of itself, and what to do about it if that is known
	 */
	static String explained(Throwable first, boolean tls) {
		String message = FailureText.message(first);
		String meaning = expired(first);
		meaning = (meaning != null) ? meaning : known(message);
		if (meaning != null) {
			return meaning + " (" + message + ")";
		}
		boolean ended = message.equals(ENDED_EARLY);
		String text = ended ? "The connection was closed during the handshake" : message;
		if (tls && message.startsWith(NO_ANSWER)) {
			return text + "; maybe it does not speak TLS on this port";
		}
		boolean reset = first instanceof IOException && !(first instanceof ConnectException);
		return (!tls && (ended || reset)) ? text + "; if it speaks TLS on this port, use rediss: instead of redis:,"
				+ " or spring.data.redis.ssl.enabled=true" : text;
	}

	private static @Nullable String expired(Throwable first) {
		if (first instanceof CertificateExpiredException) {
			return "its certificate has expired: it has to be renewed";
		}
		return (first instanceof CertificateNotYetValidException)
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
