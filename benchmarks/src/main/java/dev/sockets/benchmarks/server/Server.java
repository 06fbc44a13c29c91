package dev.sockets.benchmarks.server;

/**
 * One of the servers that are measured, written as those who use its library would.
 */
interface Server {

	/**
	 * Starts the server.
	 * @param port where to listen, on all addresses
	 * @param behaviour what to do with lines
	 * @throws Exception when it cannot be started
	 */
	void start(int port, Behaviour behaviour) throws Exception;

}
