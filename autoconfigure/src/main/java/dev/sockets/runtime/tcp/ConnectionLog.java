package dev.sockets.runtime.tcp;

import org.jspecify.annotations.Nullable;

import dev.sockets.FailureText;
import dev.sockets.runtime.SafeLog;
import dev.sockets.tcp.ConnectionStatistics;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

/**
 * Says at level debug when connections begin and why they end, in the log of the kind of
 * their endpoint. What a client connects to is said by itself, also at level info. Open
 * to all threads.
 */
final class ConnectionLog {

	private static final SafeLog servers = SafeLog.of(TcpServer.class);

	private static final SafeLog clients = SafeLog.of(TcpClient.class);

	private ConnectionLog() {
	}

	/** The application knows of a connection. */
	static void opened(DefaultConnection connection) {
		if (servers.isDebugEnabled() && isOfServer(connection)) {
			servers.debug(connection + " is open", null);
		}
	}

	/** A connection has ended, and all that it has received is handled. */
	static void ended(DefaultConnection connection, CloseReason closing) {
		SafeLog log = isOfServer(connection) ? servers : clients;
		if (log.isDebugEnabled()) {
			ConnectionStatistics statistics = connection.getStatistics();
			log.debug(connection + " has ended: " + closing.reason() + cause(closing.cause()) + ", after "
					+ statistics.messagesReceived() + " messages received and " + statistics.messagesSent() + " sent",
					null);
		}
	}

	private static boolean isOfServer(DefaultConnection connection) {
		return connection.context().events().endpoint() instanceof TcpServer;
	}

	private static String cause(@Nullable Throwable cause) {
		return (cause != null) ? " (" + FailureText.of(cause) + ")" : "";
	}

}
