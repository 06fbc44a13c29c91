package dev.sockets.benchmarks.server;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;

/**
 * What one writes by hand: a virtual thread for each connection, blocking streams with
 * buffers, flushed when no more input is at hand. Needs Java 21.
 */
final class VirtualThreadServer implements Server {

	private static final int BUFFER = 8 * 1024;

	@Override
	public void start(int port, Behaviour behaviour) throws Exception {
		Executor executor = VirtualThreads.executor();
		ServerSocket server = new ServerSocket(port, Loops.BACKLOG);
		Thread acceptor = new Thread(() -> accept(server, executor, behaviour), "acceptor");
		acceptor.setDaemon(true);
		acceptor.start();
	}

	private static void accept(ServerSocket server, Executor executor, Behaviour behaviour) {
		try {
			while (true) {
				Socket socket = server.accept();
				executor.execute(() -> serve(socket, behaviour));
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void serve(Socket socket, Behaviour behaviour) {
		try (socket) {
			socket.setTcpNoDelay(true);
			InputStream in = new BufferedInputStream(socket.getInputStream(), BUFFER);
			OutputStream out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
			ByteArrayOutputStream line = new ByteArrayOutputStream();
			int next;
			while ((next = in.read()) >= 0) {
				if (next != '\n') {
					line.write(next);
					continue;
				}
				out.write(behaviour.answer(line.toString(StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
				out.write('\n');
				line.reset();
				if (in.available() == 0) {
					out.flush();
				}
			}
		}
		catch (IOException ex) {
			// the peer is gone
		}
	}

}
