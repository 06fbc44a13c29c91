package dev.sockets.benchmarks.server;

/**
 * One of the receivers of multicast that are measured, written as those who use its
 * library would.
 */
interface ReceiverProgram {

	/** Bytes of the socket's buffer, the same for all. */
	int RECEIVE_BUFFER = 4 * 1024 * 1024;

	/** The address of the interface on which the group is joined. */
	String LOOPBACK = "127.0.0.1";

	/**
	 * Starts to receive.
	 * @param group the group to join, on the loopback interface
	 * @param port its port
	 * @param tally is told of each datagram
	 * @throws Exception when it cannot be started
	 */
	void start(String group, int port, Tally tally) throws Exception;

}
