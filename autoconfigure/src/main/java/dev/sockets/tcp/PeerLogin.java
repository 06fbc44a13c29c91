package dev.sockets.tcp;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a peer has shown to be let in. Never shows its password by accident.
 *
 * @param server name of the server that it wants to be let in by
 * @param remoteAddress the peer's address
 * @param credentials the user name and the password that it has sent; {@code null} when
 * the server takes its certificate for that
 * @param certificates the certificate that it has shown by TLS, which the server trusts,
 * before those that it was issued by; empty for none
 */
public record PeerLogin(String server, InetSocketAddress remoteAddress, @Nullable Credentials credentials,
		List<X509Certificate> certificates) {

	public PeerLogin {
		certificates = List.copyOf(certificates);
	}

	/** Says nothing of what it has shown. */
	@Override
	public String toString() {
		return "log-in of " + this.remoteAddress + " to '" + this.server + "'";
	}

}
