package dev.sockets.tcp;

import java.time.Instant;
import java.util.List;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * What one side shows by TLS, and whom it trusts.
 *
 * @param context the keys and those trusted; used for many connections, so that they can
 * resume each other's sessions
 * @param protocols the versions to offer; empty for those of the JDK
 * @param ciphers the cipher suites to offer; empty for those of the JDK
 * @param expires when the first of its certificates expires; {@code null} when it shows
 * none, or that is not known
 */
public record TlsIdentity(SSLContext context, List<String> protocols, List<String> ciphers, @Nullable Instant expires) {

	public TlsIdentity {
		protocols = List.copyOf(protocols);
		ciphers = List.copyOf(ciphers);
	}

	/**
	 * Returns an identity with the versions and cipher suites of the JDK.
	 * @param context the keys and those trusted
	 * @return the identity
	 */
	public static TlsIdentity of(SSLContext context) {
		return new TlsIdentity(context, List.of(), List.of(), null);
	}

}
