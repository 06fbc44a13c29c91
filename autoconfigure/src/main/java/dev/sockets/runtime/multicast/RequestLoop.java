package dev.sockets.runtime.multicast;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.EventLoop;
import dev.sockets.loop.EventLoopGroup;

/**
 * The event loop on which senders wait for answers. It runs while there is a sender that
 * has asked. It is none of the shared ones, as a handler may wait for an answer on these.
 */
final class RequestLoop {

	private final EventLoopGroup loops;

	private int users;

	private @Nullable OwnLoop own;

	RequestLoop(EventLoopGroup loops) {
		this.loops = loops;
	}

	/**
	 * Starts the loop unless it is running.
	 * @throws IOException when the system has no selector left
	 */
	synchronized EventLoop acquire() throws IOException {
		OwnLoop running = this.own;
		if (running == null) {
			running = OwnLoop.open(this.loops, "sockets-multicast-requests");
			this.own = running;
		}
		this.users++;
		return running.loop();
	}

	synchronized void release() {
		OwnLoop running = this.own;
		if (--this.users == 0 && running != null) {
			this.own = null;
			running.close();
		}
	}

}
