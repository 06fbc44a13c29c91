package dev.sockets.loop;

/**
 * A thread that runs an event loop, or has run one until it was late.
 */
final class LoopThread extends Thread {

	private final Runner runner;

	LoopThread(Runner runner, String name) {
		super(runner, name);
		this.runner = runner;
		setDaemon(false);
	}

	Runner runner() {
		return this.runner;
	}

}
