package dev.sockets.autoconfigure.binding;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;

import org.springframework.boot.ssl.SslBundle;

/**
 * What an endpoint may need of an SSL bundle. Without it the JDK goes on all the same:
 * with no certificate to show, or with everybody to be trusted that browsers trust.
 */
enum BundlePart {

	/** A private key and its certificate. */
	KEY {

		@Override
		boolean isIn(SslBundle bundle) {
			KeyStore store = bundle.getStores().getKeyStore();
			return (store != null) ? hasKey(bundle, store)
					: Arrays.stream(bundle.getManagers().getKeyManagers()).anyMatch(BundlePart::hasKey);
		}

	},

	/** Who has to have signed the certificates of peers. */
	TRUSTSTORE {

		@Override
		boolean isIn(SslBundle bundle) {
			return bundle.getStores().getTrustStore() != null || !isThatOfJdk(bundle.getManagers().getTrustManagers());
		}

	};

	private static final List<String> KEY_TYPES = List.of("RSA", "EC", "EdDSA", "DSA");

	/**
	 * Returns whether a bundle has it.
	 * @param bundle the bundle, whose managers may be the application's own
	 */
	abstract boolean isIn(SslBundle bundle);

	private static boolean hasKey(SslBundle bundle, KeyStore store) {
		try {
			for (String alias : BundleKeys.aliases(bundle, store)) {
				if (store.isKeyEntry(alias)) {
					return true;
				}
			}
			return false;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("The keys of an SSL bundle cannot be read", ex);
		}
	}

	private static boolean hasKey(KeyManager manager) {
		return !isOfJdk(manager) || (manager instanceof X509KeyManager known
				&& KEY_TYPES.stream().anyMatch((type) -> known.getServerAliases(type, null) != null));
	}

	private static boolean isThatOfJdk(TrustManager[] managers) {
		return Arrays.stream(managers).allMatch(BundlePart::isOfJdk) && issuers(managers).equals(issuers(ofJdk()));
	}

	private static boolean isOfJdk(Object manager) {
		return manager.getClass().getModule() == Object.class.getModule();
	}

	private static TrustManager[] ofJdk() {
		try {
			TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			factory.init((KeyStore) null);
			return factory.getTrustManagers();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Whom the JDK trusts cannot be read", ex);
		}
	}

	private static Set<X509Certificate> issuers(TrustManager[] managers) {
		Set<X509Certificate> issuers = new HashSet<>();
		for (TrustManager manager : managers) {
			if (manager instanceof X509TrustManager known) {
				issuers.addAll(List.of(known.getAcceptedIssuers()));
			}
		}
		return issuers;
	}

}
