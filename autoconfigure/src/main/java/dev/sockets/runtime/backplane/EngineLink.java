package dev.sockets.runtime.backplane;

/**
 * Whether the engine has a connection.
 */
final class EngineLink {

	private volatile boolean connected;

	boolean isConnected() {
		return this.connected;
	}

	void connected(boolean connected) {
		this.connected = connected;
	}

}
