package dev.sockets.loop;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Some descriptors that are held while there are enough, and released when they run out:
 * the application then still can do what needs one, such as load the classes that handle
 * the failure.
 */
final class SpareDescriptors {

	private static final int COUNT = 8;

	private final Deque<SocketChannel> unused = new ArrayDeque<>();

	private boolean closed;

	/**
	 * Takes the descriptors for the first time, after a rehearsal of releasing them: the
	 * JDK needs descriptors to close its very first socket, and never closes one if it
	 * doesn't get them.
	 * @throws IOException when there are not enough
	 */
	void open() throws IOException {
		try {
			hold();
			release();
			hold();
		}
		catch (IOException ex) {
			close();
			throw ex;
		}
	}

	/**
	 * Takes the descriptors that are not held already.
	 * @throws IOException when there are not enough
	 */
	synchronized void hold() throws IOException {
		while (this.unused.size() < COUNT && !this.closed) {
			this.unused.add(SocketChannel.open());
		}
	}

	synchronized void release() {
		SocketChannel socket;
		while ((socket = this.unused.poll()) != null) {
			try {
				socket.close();
			}
			catch (IOException ex) {
				throw new IllegalStateException("An unused socket could not be closed", ex);
			}
		}
	}

	/** Releases the descriptors for good. */
	synchronized void close() {
		this.closed = true;
		release();
	}

}
