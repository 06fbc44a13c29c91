package dev.sockets.loop;

/**
 * A thread that runs an event loop, or has run one until it was late. It is the watchdog
 * that keeps the JVM alive: between a late runner's end and its successor's start there
 * may be none of these.
 */
class LoopThread extends Thread {

	/** Makes threads. */
	interface Source {

		LoopThread create(LoopRunner runner, String name);

	}

	private final LoopRunner runner;

	LoopThread(LoopRunner runner, String name) {
		super(runner, name);
		this.runner = runner;
		setDaemon(true);
	}

	LoopRunner runner() {
		return this.runner;
	}

}
