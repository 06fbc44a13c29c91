package dev.sockets.runtime.trace;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

import org.jspecify.annotations.Nullable;

/**
 * One connection as traces see it: between whom it is, and where in its two streams of
 * bytes the running trace stands.
 */
public final class TracedStream {

	/** From here on ports belong to no protocol, by which Wireshark would go. */
	private static final int FIRST_PRIVATE_PORT = 49_152;

	private static final int PRIVATE_PORTS = 65_536 - FIRST_PRIVATE_PORT;

	private final String connection;

	private final InetSocketAddress local;

	private final InetSocketAddress remote;

	/* Guarded by the monitor of the trace. */
	private @Nullable WireTrace trace;

	private long received;

	private long sent;

	/**
	 * Creates one.
	 * @param connection id of the connection
	 * @param local our address
	 * @param remote the peer's address
	 */
	public TracedStream(String connection, InetSocketAddress local, InetSocketAddress remote) {
		this.connection = connection;
		this.local = local;
		this.remote = remote;
	}

	/**
	 * Creates one for a Unix domain socket, whose sides have no addresses of their own:
	 * we are 127.0.0.1, the peer is 127.0.0.2, and the port of both is made of the id, so
	 * that connections can be told apart too.
	 * @param connection id of the connection
	 * @return the connection
	 */
	public static TracedStream withoutPorts(String connection) {
		int port = FIRST_PRIVATE_PORT + Math.floorMod(number(connection), PRIVATE_PORTS);
		return new TracedStream(connection, loopback(1, port), loopback(2, port));
	}

	/** Returns the number at the end of an id, one higher for each connection. */
	private static int number(String connection) {
		String digits = connection.substring(connection.lastIndexOf('-') + 1);
		try {
			return (int) Long.parseLong(digits);
		}
		catch (NumberFormatException ex) {
			return digits.hashCode();
		}
	}

	private static InetSocketAddress loopback(int last, int port) {
		try {
			return new InetSocketAddress(InetAddress.getByAddress(new byte[] { 127, 0, 0, (byte) last }), port);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	String connection() {
		return this.connection;
	}

	InetSocketAddress source(boolean received) {
		return received ? this.remote : this.local;
	}

	InetSocketAddress target(boolean received) {
		return received ? this.local : this.remote;
	}

	/** Begins to count anew, unless that trace has seen the connection before. */
	void enter(WireTrace trace) {
		if (this.trace != trace) {
			this.trace = trace;
			this.received = 0;
			this.sent = 0;
		}
	}

	long position(boolean received) {
		return received ? this.received : this.sent;
	}

	void advance(boolean received, int bytes) {
		if (received) {
			this.received += bytes;
		}
		else {
			this.sent += bytes;
		}
	}

}
