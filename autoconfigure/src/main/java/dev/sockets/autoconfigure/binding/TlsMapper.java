package dev.sockets.autoconfigure.binding;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundles;

import dev.sockets.autoconfigure.properties.SslProperties;
import dev.sockets.autoconfigure.properties.TcpConnectionProperties;
import dev.sockets.autoconfigure.properties.TcpServerProperties;
import dev.sockets.tcp.ClientAuth;
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
		BundleIdentity identity = identity(entry, "ssl.bundle", bundle);
		TlsSettings.Builder settings = TlsSettings.builder(identity);
		settings.handshakeTimeout(ssl.getHandshakeTimeout());
		settings.start(ssl.getStart());
		if (entry.properties() instanceof TcpServerProperties) {
			entry.refuse("ssl.verify-hostname", "only a client knows which host it wants");
			settings.clientAuth(ssl.getClientAuth());
			requireParts(entry, "ssl.bundle", bundle, identity);
			ssl.getSni().forEach((name, sni) -> {
				String key = "ssl.sni." + name + ".bundle";
				BundleIdentity shown = identity(entry, key, sni.getBundle());
				requireParts(entry, key, sni.getBundle(), shown);
				settings.serverName(name, shown);
			});
		}
		else {
			entry.refuse("ssl.client-auth", "only a server asks for certificates of clients");
			entry.refuse("ssl.sni", "only a server is asked for by a name");
			settings.verifyHostname(ssl.isVerifyHostname());
		}
		return settings.build();
	}

	private static void requireParts(BoundEntry<? extends TcpConnectionProperties> entry, String key,
			@Nullable String bundle, BundleIdentity identity) {
		if (!identity.requires(BundlePart.KEY)) {
			throw entry.invalid(key, bundle, "a bundle with a private key and its certificate, which a server shows");
		}
		ClientAuth clientAuth = entry.properties().getSsl().getClientAuth();
		if (clientAuth != ClientAuth.NONE && !identity.requires(BundlePart.TRUSTSTORE)) {
			throw entry.invalid("ssl.client-auth", clientAuth.name().toLowerCase(Locale.ROOT),
					"'none' while the SSL bundle '" + bundle + "' has no truststore: everybody that the JDK trusts"
							+ " would get in. Give it one with who has signed the certificates of clients");
		}
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
		catch (UnfitBundleException ex) {
			throw entry.invalid(key, bundle, "a bundle " + ex.getMessage());
		}
	}

	private @Nullable BundleIdentities identities() {
		if (this.identities == null) {
			this.identities = this.beans.only(SslBundles.class).map(BundleIdentities::new).orElse(null);
		}
		return this.identities;
	}

}
