package dev.sockets.tcp;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.sockets.InvalidSettingException;
import dev.sockets.UnixSocketAddress;

/**
 * Checks how peers log in by a user name and a password, which travel as they are: so
 * only over TLS or within this machine, unless somebody has said otherwise.
 */
final class LoginSettings {

	private static final String HIDDEN = "******";

	/** Names are not looked up for this. */
	private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?",
			Pattern.CASE_INSENSITIVE);

	private LoginSettings() {
	}

	static void checkServer(String path, String host, @Nullable SocketAuthenticator authenticator,
			boolean allowPlainCredentials, ConnectionSettings connection) {
		if (authenticator == null) {
			return;
		}
		HandshakeSettings.checkNone(path + ".authenticator", connection);
		requireTlsFirst(path, "authenticator", connection);
		if (!allowPlainCredentials && connection.tls() == null && !isLoopback(host)) {
			throw notEncrypted(path, "authenticator");
		}
	}

	static void checkClient(String path, Stream<String> hosts, @Nullable Credentials credentials,
			boolean allowPlainCredentials, ConnectionSettings connection) {
		if (credentials == null) {
			return;
		}
		HandshakeSettings.checkNone(path + ".credentials", connection);
		requireTlsFirst(path, "credentials", connection);
		requireText(path + ".credentials.username", credentials.username(), Credentials.MAX_USERNAME);
		requireText(path + ".credentials.password", credentials.password().text(), Credentials.MAX_PASSWORD);
		if (!allowPlainCredentials && connection.tls() == null && !hosts.allMatch(LoginSettings::isLoopback)) {
			throw notEncrypted(path, "credentials");
		}
	}

	/** Who logs in does so before anything else is said. */
	private static void requireTlsFirst(String path, String key, ConnectionSettings connection) {
		TlsSettings tls = connection.tls();
		if (tls != null && tls.start() == TlsStart.ON_DEMAND) {
			throw new InvalidSettingException(path + ".ssl.start", "on-demand",
					"connect with " + key + ", as the log-in comes first and would not be encrypted");
		}
	}

	private static void requireText(String property, String text, int most) {
		if (text.isEmpty() || !StandardCharsets.UTF_8.newEncoder().canEncode(text)
				|| text.getBytes(StandardCharsets.UTF_8).length > most) {
			throw new InvalidSettingException(property, HIDDEN, "of 1 to " + most + " bytes in UTF-8");
		}
	}

	private static InvalidSettingException notEncrypted(String path, String key) {
		return new InvalidSettingException(path + ".ssl.bundle", null,
				"the name of a bundle: with " + key + " passwords would be sent as they are to another machine. "
						+ "Where that may be, because the network itself is encrypted, set " + path
						+ ".allow-plain-credentials to true");
	}

	private static boolean isLoopback(String host) {
		return UnixSocketAddress.isUnix(host) || LOOPBACK.matcher(host).matches();
	}

}
