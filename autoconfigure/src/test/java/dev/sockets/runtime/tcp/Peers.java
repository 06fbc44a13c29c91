package dev.sockets.runtime.tcp;

import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;

import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several foreign peers, and the connections that a server has with them.
 */
final class Peers implements AutoCloseable {

	private final List<Peer> peers = new ArrayList<>();

	/**
	 * Connects some peers to a server that has no other connections.
	 * @param server the server
	 * @param count how many
	 * @return their connections, in the order of the peers
	 */
	List<Connection> connect(TcpServer server, int count) {
		return connect(server, count, 0);
	}

	List<Connection> connect(TcpServer server, int count, int others) {
		List<Peer> added = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			added.add(new Peer(server));
		}
		this.peers.addAll(added);
		Awaitility.await().until(() -> server.getConnections().size() == count + others);
		return added.stream().map((peer) -> server.findConnection(peer.address()).orElseThrow()).toList();
	}

	Peer get(int index) {
		return this.peers.get(index);
	}

	/** Returns what each of them reads before a line that says end. */
	List<List<String>> linesUntilEnd() {
		return this.peers.stream().map(Peers::linesUntilEnd).toList();
	}

	static List<String> linesUntilEnd(Peer peer) {
		List<String> lines = new ArrayList<>();
		String line;
		while (!"end".equals(line = peer.readLine())) {
			assertThat(line).as("it was closed after " + lines.size() + " lines").isNotNull();
			lines.add(line);
		}
		return lines;
	}

	@Override
	public void close() {
		this.peers.forEach(Peer::close);
	}

}
