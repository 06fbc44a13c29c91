package dev.sockets.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One connection through a {@link FaultProxy}: a socket to the client, one to the target,
 * and a thread for each way.
 */
final class FaultyConnection {

	private static final int CHUNK = 16 * 1024;

	private final Socket client;

	private final Socket target;

	private final Consumer<FaultyConnection> onEnd;

	private final AtomicInteger openWays = new AtomicInteger(2);

	FaultyConnection(Socket client, Socket target, Consumer<FaultyConnection> onEnd) {
		this.client = client;
		this.target = target;
		this.onEnd = onEnd;
	}

	/**
	 * Forwards one way until its end, or the end of the connection.
	 * @param from the socket to read
	 * @param to the socket to write
	 * @param way what becomes of the bytes
	 */
	void forward(Socket from, Socket to, FaultyWay way) {
		way.opened(to);
		try {
			InputStream in = from.getInputStream();
			byte[] chunk = new byte[CHUNK];
			int count;
			do {
				way.awaitFlow(this::isClosed);
				count = in.read(chunk);
			}
			while (count >= 0 && way.forward(chunk, count, to, this));
			if (count < 0 && !way.isDropping()) {
				to.shutdownOutput();
			}
		}
		catch (IOException ex) {
			if (!way.isDropping()) {
				broken(ex);
			}
		}
		finally {
			way.closed(to);
			if (this.openWays.decrementAndGet() == 0) {
				close();
			}
		}
	}

	boolean isClosed() {
		return this.client.isClosed();
	}

	void close() {
		closeQuietly(this.client);
		closeQuietly(this.target);
		this.onEnd.accept(this);
	}

	void reset() {
		resetOnClose(this.client);
		resetOnClose(this.target);
		close();
	}

	/** What breaks on one side breaks on the other, in the same way. */
	private void broken(IOException cause) {
		if (String.valueOf(cause.getMessage()).contains("reset")) {
			reset();
		}
		else {
			close();
		}
	}

	private static void resetOnClose(Socket socket) {
		try {
			socket.setSoLinger(true, 0);
		}
		catch (IOException ex) {
			// it is closed already
		}
	}

	private static void closeQuietly(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// it is closed as far as that is possible
		}
	}

}
