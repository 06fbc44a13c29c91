package dev.sockets.benchmarks.server;

/**
 * What a server does with the lines it receives.
 */
public enum Behaviour {

	/** Sends each line back. */
	ECHO,

	/**
	 * Sends each line back after {@value #BLOCKING_MILLIS} ms, as if it asked a database.
	 */
	BLOCKING,

	/** Sends a line of 1 KiB to all connections for each line. */
	BROADCAST;

	private static final int BLOCKING_MILLIS = 5;

	private static final int BROADCAST_BYTES = 1024;

	/**
	 * Returns the line to broadcast, without its end.
	 * @return {@value #BROADCAST_BYTES} bytes together with the LF
	 */
	public static String broadcastLine() {
		return "x".repeat(BROADCAST_BYTES - 1);
	}

	/**
	 * Does what the handler of a server that answers has to do.
	 * @param line what was received
	 * @return what to reply
	 */
	public String answer(String line) {
		work();
		return line;
	}

	/** Blocks, if that is the behaviour. */
	public void work() {
		if (this == BLOCKING) {
			try {
				Thread.sleep(BLOCKING_MILLIS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
