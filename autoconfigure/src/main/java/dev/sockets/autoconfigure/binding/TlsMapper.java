package dev.sockets.autoconfigure.binding;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundles;

import dev.sockets.autoconfigure.properties.SslProperties;
import dev.sockets.autoconfigure.properties.TcpConnectionProperties;
import dev.sockets.autoconfigure.properties.TcpServerProperties;
import dev.sockets.tcp.TlsSettings;

/**
 * Maps {@code ssl.*}.
 */
final class TlsMapper {

	private static final List<String> KEYS = List.of("ssl.client-auth", "ssl.handshake-timeout", "ssl.verify-hostname",
			"ssl.sni", "ssl.start");

	private final NamedBeans beans;

	private @Nullable BundleIdentities identities;

	TlsMapper(NamedBeans beans) {
		this.beans = beans;
	}

	@Nullable TlsSettings map(BoundEntry<? extends TcpConnectionProperties> entry) {
		SslProperties ssl = entry.properties().getSsl();
		String bundle = ssl.getBundle();
		if (bundle == null) {
			KEYS.forEach((key) -> entry.refuse(key, "without ssl.bundle there is no TLS"));
			return null;
		}
		TlsSettings.Builder settings = TlsSettings.builder(identity(entry, "ssl.bundle", bundle));
		settings.handshakeTimeout(ssl.getHandshakeTimeout());
		settings.start(ssl.getStart());
		if (entry.properties() instanceof TcpServerProperties) {
			entry.refuse("ssl.verify-hostname", "only a client knows which host it wants");
			settings.clientAuth(ssl.getClientAuth());
			ssl.getSni()
				.forEach((name, sni) -> settings.serverName(name,
						identity(entry, "ssl.sni." + name + ".bundle", sni.getBundle())));
		}
		else {
			entry.refuse("ssl.client-auth", "only a server asks for certificates of clients");
			entry.refuse("ssl.sni", "only a server is asked for by a name");
			settings.verifyHostname(ssl.isVerifyHostname());
		}
		return settings.build();
	}

	private BundleIdentity identity(BoundEntry<?> entry, String key, @Nullable String bundle) {
		Set<String> names = new TreeSet<>();
		BundleIdentities identities = identities();
		if (identities != null) {
			names.addAll(identities.names());
		}
		if (bundle == null || identities == null || !names.contains(bundle)) {
			throw entry.invalid(key, bundle, "the name of a bundle below spring.ssl.bundle"
					+ (names.isEmpty() ? ", where there is none" : ": " + String.join(", ", names)));
		}
		try {
			return identities.get(bundle);
		}
		catch (UnfitKeyException ex) {
			throw entry.invalid(key, bundle, "a bundle whose private key fits its certificate. " + ex.getMessage());
		}
	}

	private @Nullable BundleIdentities identities() {
		if (this.identities == null) {
			this.identities = this.beans.only(SslBundles.class).map(BundleIdentities::new).orElse(null);
		}
		return this.identities;
	}

}
