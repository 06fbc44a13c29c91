package dev.sockets.autoconfigure.binding;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;

import dev.sockets.tcp.TlsIdentity;

/**
 * What an SSL bundle is to endpoints, also after it was read again.
 */
final class BundleIdentity implements Supplier<TlsIdentity> {

	private static final Log logger = LogFactory.getLog(BundleIdentity.class);

	private final String name;

	private volatile TlsIdentity identity;

	BundleIdentity(String name, SslBundle bundle) {
		this.name = name;
		this.identity = read(bundle);
	}

	@Override
	public TlsIdentity get() {
		return this.identity;
	}

	/** Called when the bundle was read again; connections that are open stay. */
	void update(SslBundle bundle) {
		try {
			TlsIdentity identity = read(bundle);
			this.identity = identity;
			logger.info("New connections use the SSL bundle '" + this.name + "' as it is now"
					+ ((identity.expires() != null) ? ", until " + identity.expires() : ""));
		}
		catch (RuntimeException ex) {
			logger.error("The SSL bundle '" + this.name + "' cannot be used as it is now, so the former one still is",
					ex);
		}
	}

	private static TlsIdentity read(SslBundle bundle) {
		BundleKeys.check(bundle);
		return new TlsIdentity(bundle.createSslContext(), list(bundle.getOptions().getEnabledProtocols()),
				list(bundle.getOptions().getCiphers()), expires(bundle));
	}

	private static List<String> list(String @Nullable [] values) {
		return (values != null) ? List.of(values) : List.of();
	}

	private static @Nullable Instant expires(SslBundle bundle) {
		KeyStore store = bundle.getStores().getKeyStore();
		if (store == null) {
			return null;
		}
		try {
			Instant first = null;
			for (String each : BundleKeys.aliases(bundle, store)) {
				first = earlier(first, store.getCertificateChain(each));
			}
			return first;
		}
		catch (GeneralSecurityException ex) {
			return null;
		}
	}

	private static @Nullable Instant earlier(@Nullable Instant first, Certificate @Nullable [] chain) {
		Instant earliest = first;
		if (chain != null) {
			for (Certificate certificate : chain) {
				if (certificate instanceof X509Certificate x509) {
					Instant end = x509.getNotAfter().toInstant();
					earliest = (earliest == null || end.isBefore(earliest)) ? end : earliest;
				}
			}
		}
		return earliest;
	}

}
