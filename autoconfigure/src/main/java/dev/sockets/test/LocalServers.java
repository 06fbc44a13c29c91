package dev.sockets.test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.beans.factory.BeanFactory;

import dev.sockets.tcp.Peer;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;

/**
 * The servers of the configuration by where they would listen outside of tests. Open to
 * all threads.
 */
final class LocalServers {

	private final Map<String, TcpServerSettings> byName = new ConcurrentHashMap<>();

	private final BeanFactory beanFactory;

	LocalServers(BeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	void add(String name, TcpServerSettings configured) {
		this.byName.put(name, configured);
	}

	boolean anyAt(List<Peer> peers) {
		return peers.stream().anyMatch((peer) -> name(peer).isPresent());
	}

	/**
	 * Returns where those of some peers listen now that are servers of this context.
	 * @throws IllegalStateException when one of them doesn't run
	 */
	List<Peer> now(List<Peer> peers) {
		return peers.stream()
			.flatMap((peer) -> name(peer).map((name) -> new Peer(peer.host(), port(name))).stream())
			.toList();
	}

	private Optional<String> name(Peer peer) {
		return this.byName.entrySet()
			.stream()
			.filter((server) -> server.getValue().ports().contains(peer.port())
					&& LocalHosts.leads(peer.host(), server.getValue().host()))
			.map(Map.Entry::getKey)
			.sorted()
			.findFirst();
	}

	private int port(String server) {
		return this.beanFactory.getBean(server, TcpServer.class).getLocalAddress().getPort();
	}

}
