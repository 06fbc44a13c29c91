package dev.sockets.autoconfigure.binding;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.sockets.autoconfigure.properties.CredentialsProperties;
import dev.sockets.autoconfigure.properties.TcpClientProperties;
import dev.sockets.autoconfigure.properties.TcpServerProperties;
import dev.sockets.tcp.Credentials;
import dev.sockets.tcp.SocketAuthenticator;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServerSettings;

/**
 * Maps {@code authenticator} of servers and {@code credentials.*} of clients, of which no
 * failure quotes anything.
 */
final class LoginMapper {

	private static final String PLAIN = "allow-plain-credentials";

	private final NamedBeans beans;

	LoginMapper(NamedBeans beans) {
		this.beans = beans;
	}

	void map(BoundEntry<TcpServerProperties> entry, TcpServerSettings.Builder settings) {
		settings.authenticator(authenticator(entry, entry.properties().getAuthenticator()));
		settings.allowPlainCredentials(entry.properties().isAllowPlainCredentials());
	}

	private @Nullable SocketAuthenticator authenticator(BoundEntry<?> entry, @Nullable String name) {
		if (name == null) {
			entry.refuse(PLAIN, "without an authenticator nobody logs in");
			return null;
		}
		return this.beans.find(name, SocketAuthenticator.class)
			.map(SocketAuthenticator.class::cast)
			.orElseThrow(() -> entry.invalid("authenticator", name, choices()));
	}

	private String choices() {
		Set<String> names = this.beans.names(SocketAuthenticator.class);
		return "the name of a SocketAuthenticator bean"
				+ (names.isEmpty() ? ", of which there is none" : ": " + String.join(", ", names));
	}

	void map(BoundEntry<TcpClientProperties> entry, TcpClientSettings.Builder settings) {
		settings.credentials(credentials(entry, entry.properties().getCredentials()));
		settings.allowPlainCredentials(entry.properties().isAllowPlainCredentials());
	}

	private static @Nullable Credentials credentials(BoundEntry<?> entry, CredentialsProperties credentials) {
		String username = credentials.getUsername();
		String password = credentials.getPassword();
		entry.refuseEmpty("credentials.username", username, "the name of a user");
		entry.refuseEmpty("credentials.password", password, "the password of the user");
		if (username == null && password == null) {
			entry.refuse(PLAIN, "without credentials the client does not log in");
			return null;
		}
		if (username == null) {
			throw entry.invalid("credentials.username", null, "the name of a user, as there is a password");
		}
		if (password == null) {
			throw entry.invalid("credentials.password", null, "the password of the user");
		}
		return Credentials.of(username, password);
	}

}
