package dev.sockets.runtime.multicast;

import java.io.IOException;

import dev.sockets.loop.EventLoop;
import dev.sockets.loop.EventLoopGroup;

/**
 * An event loop for one user, beside the shared ones of the application, which run as
 * long as it does.
 *
 * @param shared the shared loops
 * @param loop the loop
 */
record OwnLoop(EventLoopGroup shared, EventLoop loop) {

	/**
	 * Starts a loop.
	 * @param name the name of its threads
	 * @throws IOException when the system has no selector left
	 */
	static OwnLoop open(EventLoopGroup shared, String name) throws IOException {
		shared.acquire();
		try {
			return new OwnLoop(shared, shared.openLoop(name));
		}
		catch (Throwable ex) {
			shared.release();
			throw ex;
		}
	}

	void close() {
		this.loop.stop();
		this.shared.release();
	}

}
