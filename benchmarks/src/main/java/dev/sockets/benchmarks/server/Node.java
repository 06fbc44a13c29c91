package dev.sockets.benchmarks.server;

import dev.sockets.tcp.TcpServer;

/**
 * One of several nodes. What it sends comes to the connections of all of them.
 */
interface Node {

	/** Returns its server. */
	TcpServer server();

	/** Sends a line to all connections of all nodes, without waiting. */
	void send(String line);

	/** There is nothing more to send for a moment. */
	default void flush() {
	}

	/** Returns how many lines of others have come, whoever else has got them by now. */
	long received();

	/** Returns how many of them came after one that was sent later. */
	long disordered();

}
