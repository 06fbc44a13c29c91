package dev.sockets.runtime.tcp;

import java.net.IDN;
import java.net.InetSocketAddress;
import java.util.List;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

import org.jspecify.annotations.Nullable;

import dev.sockets.tcp.TlsIdentity;
import dev.sockets.tcp.TlsSettings;

/**
 * Makes the engines of an endpoint's connections as its settings have it.
 */
final class TlsEngines {

	private TlsEngines() {
	}

	static SSLEngine server(TlsSettings settings, @Nullable String serverName) {
		TlsIdentity identity = (serverName != null) ? settings.identity(serverName) : settings.identity().get();
		SSLEngine engine = identity.context().createSSLEngine();
		engine.setUseClientMode(false);
		SSLParameters parameters = parameters(engine, identity);
		switch (settings.clientAuth()) {
			case NEED -> parameters.setNeedClientAuth(true);
			case WANT -> parameters.setWantClientAuth(true);
			case NONE -> parameters.setWantClientAuth(false);
		}
		engine.setSSLParameters(parameters);
		return engine;
	}

	static SSLEngine client(TlsSettings settings, InetSocketAddress peer) {
		String host = peer.getHostString();
		TlsIdentity identity = settings.identity().get();
		SSLEngine engine = identity.context().createSSLEngine(host, peer.getPort());
		engine.setUseClientMode(true);
		SSLParameters parameters = parameters(engine, identity);
		if (settings.verifyHostname()) {
			parameters.setEndpointIdentificationAlgorithm("HTTPS");
		}
		SNIHostName name = name(host);
		if (name != null) {
			parameters.setServerNames(List.of(name));
		}
		engine.setSSLParameters(parameters);
		return engine;
	}

	private static SSLParameters parameters(SSLEngine engine, TlsIdentity identity) {
		SSLParameters parameters = engine.getSSLParameters();
		if (!identity.protocols().isEmpty()) {
			parameters.setProtocols(identity.protocols().toArray(String[]::new));
		}
		if (!identity.ciphers().isEmpty()) {
			parameters.setCipherSuites(identity.ciphers().toArray(String[]::new));
		}
		return parameters;
	}

	/** A server is asked for by a name only, not by an address. */
	private static @Nullable SNIHostName name(String host) {
		boolean address = host.indexOf(':') >= 0 || host.chars().allMatch((c) -> c == '.' || Character.isDigit(c));
		try {
			return address ? null : new SNIHostName(IDN.toASCII(host));
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
