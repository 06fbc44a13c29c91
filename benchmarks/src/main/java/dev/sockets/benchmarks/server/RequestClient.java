package dev.sockets.benchmarks.server;

/**
 * Asks a server over one connection; called by many threads.
 */
interface RequestClient {

	/**
	 * Connects.
	 * @param port where the server listens, on this machine
	 * @throws Exception when that fails
	 */
	void connect(int port) throws Exception;

	/**
	 * Asks and waits for the answer.
	 * @param line what to ask, without its end
	 * @return the answer
	 * @throws Exception when there is none
	 */
	String request(String line) throws Exception;

}
