package dev.sockets.runtime.tcp;

import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a connection, beside its address: whom it has logged in as,
 * the name that the application has bound it to, and what it has noted. Open to all
 * threads.
 */
public final class PeerIdentity {

	private volatile @Nullable Principal principal;

	private volatile @Nullable String boundName;

	private volatile @Nullable Map<String, Object> attributes;

	/** The peer has logged in. */
	void principal(Principal principal) {
		this.principal = principal;
	}

	/**
	 * Returns whom the peer has logged in as, or whom its certificate names.
	 * @param session what was agreed on by TLS; {@code null} when the connection is plain
	 * @return empty when the peer has not said who it is
	 */
	Optional<Principal> principal(@Nullable SSLSession session) {
		Principal principal = this.principal;
		if (principal != null) {
			return Optional.of(principal);
		}
		try {
			return (session != null) ? Optional.of(session.getPeerPrincipal()) : Optional.empty();
		}
		catch (SSLPeerUnverifiedException ex) {
			return Optional.empty();
		}
	}

	public void boundName(@Nullable String name) {
		this.boundName = name;
	}

	public Optional<String> boundName() {
		return Optional.ofNullable(this.boundName);
	}

	/** Returns what it is bound to, or else whom its peer has shown to be. */
	Optional<String> user(@Nullable SSLSession session) {
		return boundName().or(() -> principal(session).map(Principal::getName).filter(MemberName::isPossible));
	}

	/** Returns what the application has noted, to be changed by it. */
	Map<String, Object> attributes() {
		Map<String, Object> attributes = this.attributes;
		if (attributes == null) {
			synchronized (this) {
				attributes = this.attributes;
				if (attributes == null) {
					attributes = new ConcurrentHashMap<>();
					this.attributes = attributes;
				}
			}
		}
		return attributes;
	}

}
