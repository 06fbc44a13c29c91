package dev.sockets.benchmarks.server;

/**
 * What all servers are given alike.
 */
final class Loops {

	/** Connections that may wait to be accepted. */
	static final int BACKLOG = 1024;

	private Loops() {
	}

	/**
	 * Returns how many event loops a server gets: as many as ours has by default, so that
	 * on a small machine the load generator has processors too.
	 * @return half the processors, at least one
	 */
	static int count() {
		return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
	}

	/**
	 * Returns how many platform threads run handlers that are handed over: as many as of
	 * ours by default, where there are no virtual threads.
	 * @return four for each processor, at least 16
	 */
	static int poolSize() {
		return Math.max(16, 4 * Runtime.getRuntime().availableProcessors());
	}

}
