package dev.sockets.runtime.tcp;

import java.net.InetSocketAddress;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.sockets.EventKind;
import dev.sockets.SocketOperationException;
import dev.sockets.event.ConnectingEvent;
import dev.sockets.event.ConnectionFailedEvent;
import dev.sockets.event.ServerOccupiedEvent;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.runtime.SafeLog;
import dev.sockets.tcp.TcpClient;

/**
 * Tells the application, and the log, how a client fares with its server.
 */
final class ClientEvents {

	private static final SafeLog logger = SafeLog.of(TcpClient.class);

	private final TcpClient client;

	private final EndpointEvents events;

	ClientEvents(TcpClient client, EndpointEvents events) {
		this.client = client;
		this.events = events;
	}

	void connecting(ConnectAttempt attempt) {
		int number = attempt.number();
		this.events.publish(EventKind.CONNECTING, () -> new ConnectingEvent(this.client, number));
	}

	void connected(DefaultConnection connection) {
		this.events.log().info(logger, "connected", () -> this.client + " is connected to " + describe(connection));
	}

	void occupied(DefaultConnection connection) {
		this.events.log().info(logger, "full", () -> this.client + " finds " + describe(connection) + " full");
		this.events.publish(EventKind.OCCUPIED, () -> new ServerOccupiedEvent(this.client, connection));
	}

	/**
	 * An attempt has failed.
	 * @param delay time until the next; {@code null} when there is to be none
	 */
	void failed(ConnectAttempt attempt, SocketOperationException failure, @Nullable Duration delay) {
		if (attempt.number() == 1) {
			this.events.log()
				.warn(logger, "not connected",
						() -> failure.getMessage() + ((delay != null) ? "; it goes on trying" : ""), null);
		}
		this.events.failed(failure.getCode(), failure);
		publish(attempt, failure, delay);
	}

	void givenUp(ConnectAttempt attempt, SocketOperationException reason) {
		publish(attempt, reason, null);
	}

	private void publish(ConnectAttempt attempt, SocketOperationException cause, @Nullable Duration delay) {
		this.events.publish(EventKind.CONNECTION_FAILED,
				() -> new ConnectionFailedEvent(this.client, attempt.number(), cause, delay));
	}

	private static String describe(DefaultConnection connection) {
		InetSocketAddress address = connection.getRemoteAddress();
		return address.getHostString() + ":" + address.getPort();
	}

}
