package dev.sockets.autoconfigure.properties;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.sockets.tcp.ClientAuth;
import dev.sockets.tcp.TlsStart;

/**
 * TLS of TCP connections.
 */
public class SslProperties {

	/**
	 * Name of an SSL bundle, by which connections are encrypted. By default they are not.
	 */
	private @Nullable String bundle;

	/**
	 * Whether a server asks its clients for certificates.
	 */
	private ClientAuth clientAuth = ClientAuth.NONE;

	/**
	 * Time that a handshake may take.
	 */
	private Duration handshakeTimeout = Duration.ofSeconds(5);

	/**
	 * Whether the certificate of a client's peer has to be for the host that it connects
	 * to.
	 */
	private boolean verifyHostname = true;

	/**
	 * When connections begin TLS.
	 */
	private TlsStart start = TlsStart.CONNECT;

	/**
	 * Other bundles of a server by the name that clients ask for, which may begin with
	 * "*.".
	 */
	private Map<String, Sni> sni = new LinkedHashMap<>();

	public @Nullable String getBundle() {
		return this.bundle;
	}

	public void setBundle(@Nullable String bundle) {
		this.bundle = bundle;
	}

	public ClientAuth getClientAuth() {
		return this.clientAuth;
	}

	public void setClientAuth(ClientAuth clientAuth) {
		this.clientAuth = clientAuth;
	}

	public Duration getHandshakeTimeout() {
		return this.handshakeTimeout;
	}

	public void setHandshakeTimeout(Duration handshakeTimeout) {
		this.handshakeTimeout = handshakeTimeout;
	}

	public boolean isVerifyHostname() {
		return this.verifyHostname;
	}

	public void setVerifyHostname(boolean verifyHostname) {
		this.verifyHostname = verifyHostname;
	}

	public TlsStart getStart() {
		return this.start;
	}

	public void setStart(TlsStart start) {
		this.start = start;
	}

	public Map<String, Sni> getSni() {
		return this.sni;
	}

	public void setSni(Map<String, Sni> sni) {
		this.sni = sni;
	}

	/**
	 * What a server shows to clients that ask for it by a name.
	 */
	public static class Sni {

		/**
		 * Name of an SSL bundle.
		 */
		private @Nullable String bundle;

		public @Nullable String getBundle() {
			return this.bundle;
		}

		public void setBundle(@Nullable String bundle) {
			this.bundle = bundle;
		}

	}

}
