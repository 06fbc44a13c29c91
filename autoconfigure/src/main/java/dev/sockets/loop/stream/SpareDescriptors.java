package dev.sockets.loop.stream;

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
		hold();
		release();
		hold();
	}

	/**
	 * Takes the descriptors, unless they are held already. There must be one more than
	 * these, else nothing has changed since they ran out: then all stay with the
	 * application.
	 * @throws IOException when there are not enough
	 */
	synchronized void hold() throws IOException {
		if (this.closed || this.unused.size() == COUNT) {
			return;
		}
		try {
			while (this.unused.size() < COUNT) {
				this.unused.add(SocketChannel.open());
			}
			SocketChannel.open().close();
		}
		catch (IOException ex) {
			release();
			throw ex;
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
