package dev.sockets.autoconfigure.binding;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * What the SSL bundles of an application are to its endpoints. Those that use the same
 * bundle share its sessions.
 */
final class BundleIdentities {

	private final SslBundles bundles;

	private final Map<String, BundleIdentity> identities = new ConcurrentHashMap<>();

	BundleIdentities(SslBundles bundles) {
		this.bundles = bundles;
	}

	List<String> names() {
		return this.bundles.getBundleNames();
	}

	/**
	 * Returns what a bundle is.
	 * @param name the name of a bundle that is there
	 * @return always the same for a name
	 * @throws UnfitBundleException when it cannot be used
	 */
	BundleIdentity get(String name) {
		return this.identities.computeIfAbsent(name, this::follow);
	}

	private BundleIdentity follow(String name) {
		BundleIdentity identity = new BundleIdentity(name, bundle(name));
		this.bundles.addBundleUpdateHandler(name, identity::update);
		return identity;
	}

	private SslBundle bundle(String name) {
		try {
			return this.bundles.getBundle(name);
		}
		catch (RuntimeException ex) {
			throw BundleIdentity.unfit(ex);
		}
	}

}
