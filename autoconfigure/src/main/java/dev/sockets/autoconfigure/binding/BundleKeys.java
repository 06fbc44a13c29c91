package dev.sockets.autoconfigure.binding;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;

/**
 * Whether the private keys of an SSL bundle are those of its certificates, which neither
 * Spring Boot nor the JDK asks before a handshake fails.
 */
final class BundleKeys {

	/** How keys sign; those of other kinds are not asked. */
	private static final Map<String, String> SIGNATURES = Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "DSA",
			"SHA256withDSA", "EdDSA", "EdDSA", "Ed25519", "Ed25519", "Ed448", "Ed448");

	private static final byte[] SAMPLE = { 1, 2, 3, 4 };

	private BundleKeys() {
	}

	/**
	 * Refuses a bundle with a private key that is another certificate's.
	 * @param bundle the bundle
	 * @throws UnfitBundleException when it has one
	 */
	static void check(SslBundle bundle) {
		KeyStore store = bundle.getStores().getKeyStore();
		if (store == null) {
			return;
		}
		try {
			for (String alias : aliases(bundle, store)) {
				if (!fits(store, alias, password(bundle))) {
					throw new UnfitBundleException("whose private key fits its certificate. The private key '" + alias
							+ "' is not that of the certificate it comes with");
				}
			}
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("The keys of an SSL bundle cannot be read", ex);
		}
	}

	/**
	 * Returns the names of the keys that a bundle shows.
	 */
	static List<String> aliases(SslBundle bundle, KeyStore store) throws GeneralSecurityException {
		String alias = bundle.getKey().getAlias();
		return (alias != null) ? List.of(alias) : Collections.list(store.aliases());
	}

	private static char @Nullable [] password(SslBundle bundle) {
		String password = bundle.getKey().getPassword();
		if (password == null) {
			password = bundle.getStores().getKeyStorePassword();
		}
		return (password != null) ? password.toCharArray() : null;
	}

	private static boolean fits(KeyStore store, String alias, char @Nullable [] password)
			throws GeneralSecurityException {
		Key key = store.isKeyEntry(alias) ? store.getKey(alias, password) : null;
		Certificate certificate = store.getCertificate(alias);
		return !(key instanceof PrivateKey own) || certificate == null || fits(own, certificate.getPublicKey());
	}

	private static boolean fits(PrivateKey key, PublicKey shown) throws GeneralSecurityException {
		String algorithm = SIGNATURES.get(key.getAlgorithm());
		if (algorithm == null || !SIGNATURES.containsKey(shown.getAlgorithm())) {
			return true;
		}
		if (!key.getAlgorithm().equals(shown.getAlgorithm())) {
			return false;
		}
		Signature signature = Signature.getInstance(algorithm);
		signature.initSign(key);
		signature.update(SAMPLE);
		byte[] signed = signature.sign();
		Signature verification = Signature.getInstance(algorithm);
		verification.initVerify(shown);
		verification.update(SAMPLE);
		return verifies(verification, signed);
	}

	/** A signature of another kind may be malformed. */
	private static boolean verifies(Signature verification, byte[] signed) {
		try {
			return verification.verify(signed);
		}
		catch (GeneralSecurityException ex) {
			return false;
		}
	}

}
