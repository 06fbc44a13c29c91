package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * TLS of the JDK over a socket that the test has in its hand.
 *
 * @param raw the socket
 * @param tls what is over it
 * @param peer the lines that go over it
 */
record TlsPeer(Socket raw, SSLSocket tls, Peer peer) implements AutoCloseable {

	static TlsPeer connect(InetSocketAddress address, SSLContext context, String protocol, String serverName) {
		try {
			Socket raw = new Socket(address.getAddress(), address.getPort());
			raw.setSoTimeout(30_000);
			SSLSocket tls = (SSLSocket) context.getSocketFactory()
				.createSocket(raw, "localhost", address.getPort(), true);
			SSLParameters parameters = tls.getSSLParameters();
			parameters.setProtocols(new String[] { protocol });
			if (serverName != null) {
				parameters.setServerNames(List.of(new SNIHostName(serverName)));
			}
			tls.setSSLParameters(parameters);
			return new TlsPeer(raw, tls, new Peer(tls));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static TlsPeer connect(InetSocketAddress address, SSLContext context) {
		return connect(address, context, "TLSv1.3", null);
	}

	/** Cuts the connection off without a word. */
	void cutOff() {
		try {
			this.raw.shutdownOutput();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.peer.close();
	}

}
