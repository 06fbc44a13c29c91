package dev.sockets.autoconfigure.binding;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

import javax.net.ssl.SSLEngine;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.core.NestedExceptionUtils;

import dev.sockets.FailureText;
import dev.sockets.tcp.TlsIdentity;

/**
 * What an SSL bundle is to endpoints, also after it was read again.
 */
final class BundleIdentity implements Supplier<TlsIdentity> {

	private static final Log logger = LogFactory.getLog(BundleIdentity.class);

	private final String name;

	/** What endpoints need of it. */
	private final Set<BundlePart> needed = EnumSet.noneOf(BundlePart.class);

	private SslBundle bundle;

	private volatile TlsIdentity identity;

	/**
	 * Reads a bundle.
	 * @param name its name
	 * @param bundle the bundle
	 * @throws UnfitBundleException when it cannot be used
	 */
	BundleIdentity(String name, SslBundle bundle) {
		this.name = name;
		this.bundle = bundle;
		this.identity = read(bundle);
		warnOfEnd(this.identity);
	}

	/**
	 * Has it keep a part from now on, whenever it is read again.
	 * @param part what an endpoint cannot do without
	 * @return whether it has it
	 */
	synchronized boolean requires(BundlePart part) {
		this.needed.add(part);
		return part.isIn(this.bundle);
	}

	@Override
	public TlsIdentity get() {
		return this.identity;
	}

	/** Called when the bundle was read again; connections that are open stay. */
	synchronized void update(SslBundle bundle) {
		try {
			TlsIdentity identity = read(bundle);
			for (BundlePart part : this.needed) {
				if (!part.isIn(bundle)) {
					throw new UnfitBundleException("that still has its " + part.name().toLowerCase(Locale.ROOT));
				}
			}
			this.bundle = bundle;
			this.identity = identity;
			logger.info("New connections use the SSL bundle '" + this.name + "' as it is now"
					+ ((identity.expires() != null) ? ", until " + identity.expires() : ""));
			warnOfEnd(identity);
		}
		catch (RuntimeException ex) {
			logger.error("The SSL bundle '" + this.name + "' cannot be used as it is now, so the former one still is",
					ex);
		}
	}

	private void warnOfEnd(TlsIdentity identity) {
		Instant end = identity.expires();
		if (end != null && end.isBefore(Instant.now())) {
			logger.warn("The certificate of the SSL bundle '" + this.name + "' has expired, at " + end
					+ ": peers that verify it will not connect. Renew it");
		}
	}

	private static TlsIdentity read(SslBundle bundle) {
		try {
			BundleKeys.check(bundle);
			TlsIdentity identity = new TlsIdentity(bundle.createSslContext(),
					list(bundle.getOptions().getEnabledProtocols()), list(bundle.getOptions().getCiphers()),
					expires(bundle));
			tryOptions(identity);
			return identity;
		}
		catch (UnfitBundleException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw unfit(ex);
		}
	}

	static UnfitBundleException unfit(RuntimeException failure) {
		Throwable first = NestedExceptionUtils.getMostSpecificCause(failure);
		String text = FailureText.message(failure);
		return new UnfitBundleException("that can be used. This one cannot: "
				+ ((first == failure) ? text : text + ": " + FailureText.message(first)), failure);
	}

	private static void tryOptions(TlsIdentity identity) {
		SSLEngine engine = identity.context().createSSLEngine();
		if (!identity.protocols().isEmpty()) {
			engine.setEnabledProtocols(identity.protocols().toArray(String[]::new));
		}
		if (!identity.ciphers().isEmpty()) {
			engine.setEnabledCipherSuites(identity.ciphers().toArray(String[]::new));
		}
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
