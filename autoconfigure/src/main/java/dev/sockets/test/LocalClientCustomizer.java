package dev.sockets.test;

import java.util.List;
import java.util.stream.Collectors;

import org.springframework.beans.factory.ListableBeanFactory;

import dev.sockets.autoconfigure.TcpClientConnectionDetails;
import dev.sockets.tcp.Peer;
import dev.sockets.tcp.TcpClientCustomizer;
import dev.sockets.tcp.TcpClientSettings;

/**
 * Has clients connect to the servers of the same context only, wherever these listen now,
 * unless connection details say where else.
 */
final class LocalClientCustomizer implements TcpClientCustomizer {

	private final LocalServers servers;

	private final LocalStarts starts;

	private final ListableBeanFactory beanFactory;

	LocalClientCustomizer(LocalServers servers, LocalStarts starts, ListableBeanFactory beanFactory) {
		this.servers = servers;
		this.starts = starts;
		this.beanFactory = beanFactory;
	}

	@Override
	public void customize(String name, TcpClientSettings.Builder settings) {
		TcpClientSettings configured = settings.build();
		boolean hasSource = configured.peerSource() != null;
		if (hasSource && hasDetails(name)) {
			return;
		}
		List<Peer> peers = hasSource ? List.of() : configured.peers();
		String reason = (hasSource ? "a customizer says where it connects to"
				: "no server of the context is configured to listen on "
						+ peers.stream().map(Peer::toString).collect(Collectors.joining(" or ")))
				+ "; it connects to where a bean of type TcpClientConnectionDetails says";
		settings.peers(() -> here(name, peers, reason)).localAddress(null).localPort(0);
		if (configured.connection().autoStartup()) {
			settings.connection((connection) -> connection.autoStartup(false));
			this.starts.add(name, () -> this.servers.anyAt(peers), reason);
		}
	}

	private boolean hasDetails(String client) {
		return this.beanFactory.getBeanProvider(TcpClientConnectionDetails.class)
			.stream()
			.anyMatch((details) -> details.getClient().equals(client));
	}

	private List<Peer> here(String name, List<Peer> peers, String reason) {
		List<Peer> here = this.servers.now(peers);
		if (here.isEmpty()) {
			throw new IllegalStateException("'" + name + "' does not connect in this test: " + reason);
		}
		return here;
	}

}
