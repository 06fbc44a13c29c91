package dev.sockets.tcp;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;

/**
 * How the connections of an endpoint are encrypted.
 *
 * @param identity asked for each connection, so that another certificate is shown as soon
 * as there is one
 * @param serverNames what a server shows to those clients that ask for it by one of these
 * names, which may begin with {@code *.}
 * @param clientAuth whether a server asks its clients for certificates
 * @param handshakeTimeout how long a handshake may take
 * @param verifyHostname whether the certificate of a client's peer has to be for the host
 * that it connects to
 * @param start when connections begin TLS
 */
public record TlsSettings(Supplier<TlsIdentity> identity, Map<String, Supplier<TlsIdentity>> serverNames,
		ClientAuth clientAuth, Duration handshakeTimeout, boolean verifyHostname, TlsStart start) {

	public TlsSettings {
		serverNames = Map.copyOf(serverNames);
	}

	/**
	 * Returns the settings of endpoints that always show the same.
	 * @param context the keys and those trusted
	 * @return a builder that starts with the defaults
	 */
	public static Builder builder(SSLContext context) {
		TlsIdentity identity = TlsIdentity.of(context);
		return builder(() -> identity);
	}

	/**
	 * Returns the settings of endpoints.
	 * @param identity asked for each connection, on the thread that accepts or connects
	 * it
	 * @return a builder that starts with the defaults
	 */
	public static Builder builder(Supplier<TlsIdentity> identity) {
		return new Builder(identity);
	}

	/**
	 * Returns what is shown to a client.
	 * @param serverName the name that it asks for
	 * @return what stands for the name, or for all others
	 */
	public TlsIdentity identity(String serverName) {
		String name = serverName.toLowerCase(Locale.ROOT);
		Supplier<TlsIdentity> identity = this.serverNames.get(name);
		if (identity == null) {
			identity = this.serverNames.get("*" + name.substring(Math.max(name.indexOf('.'), 0)));
		}
		return Objects.requireNonNullElse(identity, this.identity).get();
	}

	/**
	 * Returns when the first certificate expires that is shown.
	 * @return the time; empty when none is, or it is not known
	 */
	public Optional<Instant> expires() {
		return Stream.concat(Stream.of(this.identity), this.serverNames.values().stream())
			.map((identity) -> identity.get().expires())
			.filter(Objects::nonNull)
			.map(Objects::requireNonNull)
			.min(Instant::compareTo);
	}

	/**
	 * Collects the settings.
	 */
	public static final class Builder {

		private final Supplier<TlsIdentity> identity;

		private final Map<String, Supplier<TlsIdentity>> serverNames = new LinkedHashMap<>();

		private ClientAuth clientAuth = ClientAuth.NONE;

		private Duration handshakeTimeout = Duration.ofSeconds(5);

		private boolean verifyHostname = true;

		private TlsStart start = TlsStart.CONNECT;

		private Builder(Supplier<TlsIdentity> identity) {
			this.identity = identity;
		}

		/**
		 * Has a server show something else to clients that ask for it by a name.
		 * @param name the name; {@code *.} at its beginning stands for one more part
		 * @param identity what it shows to them
		 * @return this builder
		 */
		public Builder serverName(String name, Supplier<TlsIdentity> identity) {
			this.serverNames.put(name.toLowerCase(Locale.ROOT), identity);
			return this;
		}

		/**
		 * Sets whether a server asks its clients for certificates; it does not when it
		 * isn't set.
		 * @param clientAuth whether it does
		 * @return this builder
		 */
		public Builder clientAuth(ClientAuth clientAuth) {
			this.clientAuth = clientAuth;
			return this;
		}

		/**
		 * Sets how long a handshake may take; 5 s when it isn't set.
		 * @param timeout the deadline
		 * @return this builder
		 */
		public Builder handshakeTimeout(Duration timeout) {
			this.handshakeTimeout = timeout;
			return this;
		}

		/**
		 * Sets whether the certificate of a client's peer has to be for the host that it
		 * connects to; it has to when it isn't set. Without that, whoever has any
		 * certificate that is trusted can stand between the two.
		 * @param verify whether it has to
		 * @return this builder
		 */
		public Builder verifyHostname(boolean verify) {
			this.verifyHostname = verify;
			return this;
		}

		/**
		 * Sets when connections begin TLS; as soon as they are connected when it isn't
		 * set.
		 * @param start when they do
		 * @return this builder
		 */
		public Builder start(TlsStart start) {
			this.start = start;
			return this;
		}

		/**
		 * Returns the settings.
		 * @return immutable settings
		 */
		public TlsSettings build() {
			return new TlsSettings(this.identity, this.serverNames, this.clientAuth, this.handshakeTimeout,
					this.verifyHostname, this.start);
		}

	}

}
