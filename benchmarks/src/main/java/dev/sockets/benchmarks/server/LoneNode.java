package dev.sockets.benchmarks.server;

import dev.sockets.tcp.TcpServer;

/**
 * A node that knows of no other.
 */
record LoneNode(TcpServer server) implements Node {

	@Override
	public void send(String line) {
		this.server.broadcast(line);
	}

	@Override
	public long received() {
		return 0;
	}

	@Override
	public long disordered() {
		return 0;
	}

}
