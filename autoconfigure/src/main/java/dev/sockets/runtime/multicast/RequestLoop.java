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

	private @Nullable EventLoop loop;

	RequestLoop(EventLoopGroup loops) {
		this.loops = loops;
	}

	/**
	 * Starts the loop unless it is running.
	 * @throws IOException when the system has no selector left
	 */
	synchronized EventLoop acquire() throws IOException {
		EventLoop running = this.loop;
		if (running == null) {
			this.loops.acquire();
			try {
				running = this.loops.openLoop("sockets-multicast-requests");
			}
			catch (Throwable ex) {
				this.loops.release();
				throw ex;
			}
			this.loop = running;
		}
		this.users++;
		return running;
	}

	synchronized void release() {
		EventLoop running = this.loop;
		if (--this.users == 0 && running != null) {
			this.loop = null;
			running.stop();
			this.loops.release();
		}
	}

}
