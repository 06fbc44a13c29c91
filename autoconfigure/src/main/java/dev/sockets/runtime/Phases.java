package dev.sockets.runtime;

/**
 * When endpoints start and stop with the application: after web servers. They stop in
 * reverse order.
 */
public final class Phases {

	/** Of those that wait for others: servers and receivers. */
	public static final int SERVERS = Integer.MAX_VALUE - 512;

	/** Of those that turn to others: clients and senders. */
	public static final int CLIENTS = Integer.MAX_VALUE - 256;

	private Phases() {
	}

}
