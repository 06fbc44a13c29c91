package dev.sockets.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP proxy on a loopback port that does to connections what bad networks and bad peers
 * do. It forwards faithfully until it is told otherwise; faults can be changed at any
 * time and hold for the connections that are open and those to come:
 *
 * <pre class="code">
 * try (FaultProxy proxy = FaultProxy.to(server.getLocalAddress())) {
 *     Socket client = new Socket("127.0.0.1", proxy.getPort());
 *     proxy.toTarget().slice(1);               // the server gets single bytes
 *     proxy.toClient().stall();                // the client seems to read no more
 *     proxy.toTarget().resetAfter(100);        // 100 bytes more, and the connection breaks
 * }
 * </pre>
 *
 * <p>
 * Each connection takes two daemon threads, so a few hundred of them are no problem and
 * many thousands are.
 */
public final class FaultProxy implements AutoCloseable {

	private static final int BACKLOG = 1024;

	private final InetSocketAddress target;

	private final int buffer;

	private final ServerSocket listener;

	private final Set<FaultyConnection> connections = ConcurrentHashMap.newKeySet();

	private final FaultyWay toTarget = new FaultyWay();

	private final FaultyWay toClient = new FaultyWay();

	private FaultProxy(InetSocketAddress target, int buffer) throws IOException {
		this.target = target;
		this.buffer = buffer;
		this.listener = new ServerSocket();
		if (buffer > 0) {
			this.listener.setReceiveBufferSize(buffer);
		}
		this.listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
	}

	/**
	 * Starts a proxy.
	 * @param target where its connections lead
	 * @return the running proxy
	 */
	public static FaultProxy to(InetSocketAddress target) {
		return to(target, 0);
	}

	/**
	 * Starts a proxy that buffers little, so that a stalled reader is soon felt by the
	 * writer.
	 * @param target where its connections lead
	 * @param buffer size of the socket buffers in bytes; 0 for the system's default
	 * @return the running proxy
	 */
	public static FaultProxy to(InetSocketAddress target, int buffer) {
		try {
			FaultProxy proxy = new FaultProxy(target, buffer);
			daemon(proxy::accept, "fault-proxy-" + proxy.getPort());
			return proxy;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns where clients connect to.
	 * @return an address of this host
	 */
	public InetSocketAddress getAddress() {
		return (InetSocketAddress) this.listener.getLocalSocketAddress();
	}

	/**
	 * Returns the port clients connect to.
	 * @return the port on the loopback interface
	 */
	public int getPort() {
		return this.listener.getLocalPort();
	}

	/**
	 * Returns how many connections are open on either side.
	 * @return the number of connections
	 */
	public int getConnections() {
		return this.connections.size();
	}

	/**
	 * Returns the way from clients to the target.
	 * @return its faults, always the same object
	 */
	public FaultyWay toTarget() {
		return this.toTarget;
	}

	/**
	 * Returns the way from the target to clients.
	 * @return its faults, always the same object
	 */
	public FaultyWay toClient() {
		return this.toClient;
	}

	/**
	 * Makes all connections half-open: from now on everything either side sends is
	 * swallowed, and neither learns that the other has closed.
	 */
	public void halfOpen() {
		this.toTarget.drop();
		this.toClient.drop();
	}

	/** Ends all connections in order, with a FIN to both sides. */
	public void cut() {
		this.connections.forEach(FaultyConnection::close);
	}

	/** Breaks all connections with a RST to both sides. */
	public void reset() {
		this.connections.forEach(FaultyConnection::reset);
	}

	/** Forwards faithfully again; what was swallowed is lost. */
	public void heal() {
		this.toTarget.heal();
		this.toClient.heal();
	}

	/** Ends all connections and frees the port. */
	@Override
	public void close() {
		try {
			this.listener.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		heal();
		cut();
	}

	private void accept() {
		while (!this.listener.isClosed()) {
			try {
				open(this.listener.accept());
			}
			catch (IOException ex) {
				// the proxy was closed
			}
		}
	}

	private void open(Socket client) {
		Socket server = new Socket();
		FaultyConnection connection = new FaultyConnection(client, server, this.connections::remove);
		this.connections.add(connection);
		try {
			if (this.buffer > 0) {
				client.setSendBufferSize(this.buffer);
				server.setReceiveBufferSize(this.buffer);
				server.setSendBufferSize(this.buffer);
			}
			client.setTcpNoDelay(true);
			server.setTcpNoDelay(true);
			server.connect(this.target);
		}
		catch (IOException ex) {
			connection.close();
			return;
		}
		daemon(() -> connection.forward(client, server, this.toTarget), "fault-proxy-to-target");
		daemon(() -> connection.forward(server, client, this.toClient), "fault-proxy-to-client");
		if (this.listener.isClosed()) {
			connection.close();
		}
	}

	private static void daemon(Runnable task, String name) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		thread.start();
	}

}
