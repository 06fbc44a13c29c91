package dev.sockets.runtime.backplane;

import dev.sockets.FailureText;
import dev.sockets.runtime.SafeLog;

/**
 * Whether the engine has a connection. Each change is logged once.
 */
final class EngineLink {

	private static final SafeLog logger = SafeLog.of(Backplane.class);

	private volatile boolean connected;

	private boolean lost;

	static void log(String line) {
		logger.info(line);
	}

	boolean isConnected() {
		return this.connected;
	}

	synchronized void connected() {
		this.connected = true;
		if (this.lost) {
			this.lost = false;
			logger.info("The backplane is connected again");
		}
	}

	/** Returns whether there was a connection. */
	synchronized boolean lost(Throwable cause) {
		boolean before = this.connected;
		this.connected = false;
		if (!this.lost) {
			this.lost = true;
			logger.warn("The backplane is not connected, so this node serves its own connections only: "
					+ FailureText.of(cause));
		}
		return before;
	}

	synchronized void ended() {
		this.connected = false;
		this.lost = false;
	}

}
