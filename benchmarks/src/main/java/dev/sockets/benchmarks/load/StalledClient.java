package dev.sockets.benchmarks.load;

import java.io.IOException;
import java.net.Socket;

/**
 * A connection whose peer reads nothing.
 */
public final class StalledClient implements AutoCloseable {

	private static final int RECEIVE_BUFFER = 4096;

	private final Socket socket = new Socket();

	/**
	 * Connects.
	 * @param port where the server listens, on this machine
	 * @throws IOException when that fails
	 */
	public void connect(int port) throws IOException {
		this.socket.setReceiveBufferSize(RECEIVE_BUFFER);
		this.socket.connect(Clients.server(port));
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
