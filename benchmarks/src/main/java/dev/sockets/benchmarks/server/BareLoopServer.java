package dev.sockets.benchmarks.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Bare loops on NIO, among which connections are dealt out: what a library on NIO costs
 * at least.
 */
final class BareLoopServer implements Server {

	@Override
	public void start(int port, Behaviour behaviour) throws IOException {
		BareLoop[] loops = new BareLoop[Loops.count()];
		for (int i = 0; i < loops.length; i++) {
			loops[i] = new BareLoop(behaviour);
			start(loops[i], "loop-" + i);
		}
		ServerSocketChannel server = ServerSocketChannel.open();
		server.bind(new InetSocketAddress(port), Loops.BACKLOG);
		start(() -> accept(server, loops), "acceptor");
	}

	private static void start(Runnable task, String name) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		thread.start();
	}

	private static void accept(ServerSocketChannel server, BareLoop[] loops) {
		try {
			for (int next = 0;; next = (next + 1) % loops.length) {
				SocketChannel channel = server.accept();
				channel.configureBlocking(false);
				channel.socket().setTcpNoDelay(true);
				loops[next].serve(channel);
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
