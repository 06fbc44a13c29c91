package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.MemoryBudget;
import dev.sockets.loop.stream.Transport;
import dev.sockets.loop.tls.TlsSetup;
import dev.sockets.loop.tls.TlsTransport;
import dev.sockets.runtime.SafeLog;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TlsSettings;
import dev.sockets.tcp.TlsStart;

/**
 * How the connections of one endpoint are encrypted.
 */
public final class EndpointTls {

	private static final SafeLog logger = SafeLog.of(TcpClient.class);

	private final TlsSettings settings;

	private final boolean client;

	private final Executor tasks;

	private final TlsSetup server;

	private EndpointTls(TlsSettings settings, boolean client, Executor tasks) {
		this.settings = settings;
		this.client = client;
		this.tasks = tasks;
		this.server = new TlsSetup((name) -> TlsEngines.server(settings, name), !settings.serverNames().isEmpty(),
				Deadlines.nanos(settings.handshakeTimeout()), tasks);
	}

	/**
	 * Returns how an endpoint's connections are encrypted.
	 * @param settings how they behave
	 * @param client whether the endpoint begins them
	 * @param tasks runs what takes long in handshakes
	 * @return {@code null} when they are not
	 */
	public static @Nullable EndpointTls of(ConnectionSettings settings, boolean client, Executor tasks) {
		TlsSettings tls = settings.tls();
		if (tls != null && client && !tls.verifyHostname()) {
			logger.warn("'" + settings.path() + ".ssl.verify-hostname' is false: whoever has any certificate that is"
					+ " trusted can stand between this client and its server");
		}
		return (tls != null) ? new EndpointTls(tls, client, tasks) : null;
	}

	public TlsTransport over(Transport transport, InetSocketAddress peer, MemoryBudget memory) {
		TlsSetup setup = !this.client ? this.server : new TlsSetup((name) -> TlsEngines.client(this.settings, peer),
				false, this.server.handshakeNanos(), this.tasks);
		return new TlsTransport(transport, setup, isOnDemand(), memory);
	}

	/**
	 * Returns whether connections are plain until the application has TLS begin.
	 * @return {@code false} when they are encrypted from their beginning
	 */
	boolean isOnDemand() {
		return this.settings.start() == TlsStart.ON_DEMAND;
	}

	/**
	 * Says what a failure means and what to do about it.
	 * @param cause what a connection has failed with
	 * @return the same, unless TLS has failed
	 */
	IOException explained(IOException cause) {
		return TlsFailures.explained(cause, this.client && !isOnDemand());
	}

}
