package dev.sockets.loop.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

import dev.sockets.loop.EventLoopGroup;
import dev.sockets.loop.LoopRunner;
import dev.sockets.loop.MemoryBudget;
import dev.sockets.loop.Registration;
import dev.sockets.loop.Selectable;
import dev.sockets.testkit.TestTls;
import dev.sockets.testkit.TestedEngine;

/**
 * Two sides of TLS over a connection in memory.
 */
final class TlsPair implements AutoCloseable {

	private static final SSLContext serverContext = TestTls.context("server");

	private static final SSLContext clientContext = TestTls.context(null);

	/** More steps are not needed, whatever the sides do. */
	private static final int MOST_STEPS = 200_000;

	private final boolean onDemand;

	private final EventLoopGroup loops = TestedEngine.loops(1);

	final MemoryBudget memory = new MemoryBudget(100_000_000);

	final MemoryTransport clientSocket;

	final MemoryTransport serverSocket;

	final TlsTransport client;

	final TlsTransport server;

	TlsPair(String protocol) throws IOException {
		this(protocol, (name) -> engine(serverContext, protocol, false), false);
	}

	TlsPair(String protocol, TlsSetup.Engines servers, boolean byName) throws IOException {
		this(protocol, servers, byName, false);
	}

	/** Returns two sides that are plain until they are upgraded. */
	static TlsPair onDemand(String protocol) throws IOException {
		return new TlsPair(protocol, (name) -> engine(serverContext, protocol, false), false, true);
	}

	private TlsPair(String protocol, TlsSetup.Engines servers, boolean byName, boolean onDemand) throws IOException {
		this.onDemand = onDemand;
		this.loops.acquire();
		MemoryTransport[] sockets = MemoryTransport.pair();
		this.clientSocket = sockets[0];
		this.serverSocket = sockets[1];
		this.client = transport(this.clientSocket,
				new TlsSetup((name) -> engine(clientContext, protocol, true), false, seconds(), Runnable::run));
		this.server = transport(this.serverSocket, new TlsSetup(servers, byName, seconds(), Runnable::run));
	}

	private static long seconds() {
		return TimeUnit.SECONDS.toNanos(60);
	}

	static SSLEngine engine(SSLContext context, String protocol, boolean client) {
		SSLEngine engine = context.createSSLEngine("localhost", 1);
		engine.setUseClientMode(client);
		engine.setEnabledProtocols(new String[] { protocol });
		return engine;
	}

	private TlsTransport transport(MemoryTransport socket, TlsSetup setup) throws IOException {
		TlsTransport transport = new TlsTransport(socket, setup, this.onDemand, this.memory);
		transport.register(new Registration(this.loops.next(), new Nobody()), 0);
		return transport;
	}

	TlsPair shakeHands() throws IOException {
		boolean client = false;
		boolean server = false;
		for (int i = 0; i < MOST_STEPS && !(client && server); i++) {
			client = client || this.client.prepare();
			server = server || this.server.prepare();
		}
		if (!client || !server) {
			throw new IllegalStateException("The handshake has come to a halt");
		}
		return this;
	}

	/** Reads until nothing is left. */
	static byte[] readAll(TlsTransport from, int room) throws IOException {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		ByteBuffer bytes = ByteBuffer.allocate(room);
		int idle = 0;
		while (idle < 3) {
			int count = from.read(bytes.clear());
			if (count < 0) {
				break;
			}
			all.write(bytes.array(), 0, count);
			idle = (count > 0 || from.hasBufferedInput()) ? 0 : idle + 1;
		}
		return all.toByteArray();
	}

	/** Sends everything, while the other side reads. */
	static byte[] send(TlsTransport from, TlsTransport to, byte[] bytes, int room) throws IOException {
		ByteArrayOutputStream received = new ByteArrayOutputStream();
		ByteBuffer left = ByteBuffer.wrap(bytes);
		ByteBuffer into = ByteBuffer.allocate(room);
		for (int i = 0; i < MOST_STEPS && received.size() < bytes.length; i++) {
			from.write(left);
			int count = to.read(into.clear());
			received.write(into.array(), 0, Math.max(count, 0));
		}
		return received.toByteArray();
	}

	@Override
	public void close() {
		this.client.close();
		this.server.close();
		this.loops.release();
	}

	/** Tasks are done at once here, so nobody is to be told. */
	private static final class Nobody implements Selectable {

		@Override
		public void ready(int operations, LoopRunner runner) {
		}

		@Override
		public void signalled(int signals, LoopRunner runner) {
		}

		@Override
		public boolean guarded() {
			return false;
		}

	}

}
