package dev.sockets.runtime.tcp;

import java.net.InetSocketAddress;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

/**
 * The running servers of an application, to find out whether a client talks to one of
 * them. Open to all threads.
 */
public final class RunningServers {

	private final CopyOnWriteArrayList<ConnectionRegistry> servers = new CopyOnWriteArrayList<>();

	/**
	 * A server starts.
	 * @param server its connections
	 */
	public void add(ConnectionRegistry server) {
		this.servers.addIfAbsent(server);
	}

	/**
	 * A server has stopped.
	 * @param server its connections
	 */
	public void remove(ConnectionRegistry server) {
		this.servers.remove(server);
	}

	/**
	 * Finds the other end of a client's connection. Looks at all connections, so it is
	 * for those who ask rarely.
	 * @param connection the client's connection
	 * @return the server's connection; {@code null} when its peer is somebody else
	 */
	public @Nullable DefaultConnection otherEnd(DefaultConnection connection) {
		InetSocketAddress local = connection.getLocalAddress();
		for (ConnectionRegistry server : this.servers) {
			for (DefaultConnection candidate : server.all()) {
				if (candidate.getRemoteAddress().equals(local)
						&& candidate.getLocalAddress().equals(connection.getRemoteAddress())) {
					return candidate;
				}
			}
		}
		return null;
	}

}
