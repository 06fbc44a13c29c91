package dev.sockets.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.util.FileSystemUtils;

import dev.sockets.UnixSocketAddress;
import dev.sockets.tcp.Peer;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;

/**
 * The servers of the configuration by where they would listen outside of tests. Open to
 * all threads.
 */
final class LocalServers implements DisposableBean {

	private final Map<String, TcpServerSettings> byName = new ConcurrentHashMap<>();

	private final BeanFactory beanFactory;

	private @Nullable Path directory;

	private int paths;

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
		return peers.stream().flatMap((peer) -> name(peer).map((name) -> now(peer, name)).stream()).toList();
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

	private Peer now(Peer peer, String server) {
		InetSocketAddress address = this.beanFactory.getBean(server, TcpServer.class).getLocalAddress();
		return (address instanceof UnixSocketAddress unix) ? Peer.unix(unix.getPath())
				: new Peer(peer.host(), address.getPort());
	}

	/** Returns where a server can listen that would listen on a Unix domain socket. */
	synchronized Path freePath() {
		try {
			Path directory = (this.directory != null) ? this.directory : Files.createTempDirectory("sockets");
			this.directory = directory;
			return directory.resolve(String.valueOf(this.paths++));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public synchronized void destroy() throws IOException {
		if (this.directory != null) {
			FileSystemUtils.deleteRecursively(this.directory);
		}
	}

}
