package dev.sockets.autoconfigure;

import org.springframework.context.SmartLifecycle;

import dev.sockets.runtime.Phases;
import dev.sockets.runtime.backplane.Backplane;

/**
 * Starts the backplane before servers, and stops it after them.
 *
 * @param backplane the backplane
 */
record BackplaneLifecycle(Backplane backplane) implements SmartLifecycle {

	@Override
	public void start() {
		this.backplane.start();
	}

	@Override
	public void stop() {
		this.backplane.stop();
	}

	@Override
	public boolean isRunning() {
		return this.backplane.isRunning();
	}

	@Override
	public int getPhase() {
		return Phases.SERVERS - 1;
	}

}
