package dev.sockets.runtime.tcp.client;

import java.time.Duration;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.sockets.AddressText;
import dev.sockets.EventKind;
import dev.sockets.SocketOperationException;
import dev.sockets.event.ConnectingEvent;
import dev.sockets.event.ConnectionFailedEvent;
import dev.sockets.event.ServerOccupiedEvent;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.runtime.SafeLog;
import dev.sockets.runtime.tcp.ConnectionSettingsLine;
import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.runtime.tcp.RunningServers;
import dev.sockets.tcp.Peer;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientSettings;

/**
 * Tells the application, and the log, how a client fares with its server; the application
 * of its attempts on another thread.
 */
final class ClientEvents {

	private static final SafeLog logger = SafeLog.of(TcpClient.class);

	private final TcpClient client;

	private final EndpointEvents events;

	private final EchoWatch echoes;

	ClientEvents(TcpClient client, EndpointEvents events, RunningServers servers) {
		this.client = client;
		this.events = events;
		this.echoes = new EchoWatch(servers);
	}

	/** The client starts. */
	void started(TcpClientSettings settings) {
		String when = switch (settings.connect()) {
			case ALWAYS -> "";
			case ON_DEMAND -> " on demand";
			case PER_REQUEST -> " for each request";
		};
		String peers = (settings.peerSource() != null) ? "what it is told"
				: settings.peers().stream().map(Peer::toString).collect(Collectors.joining(", "));
		logger
			.info(this.client + " connects" + when + " to " + peers + ConnectionSettingsLine.of(settings.connection()));
	}

	/**
	 * Some time has passed.
	 * @param connection the client's connection
	 * @param now the time, as {@code StreamChannel.nanos()}
	 */
	void tick(DefaultConnection connection, long now) {
		this.echoes.tick(connection, now);
	}

	/**
	 * An attempt begins.
	 * @param then makes it, on any thread
	 */
	void connecting(ConnectAttempt attempt, Runnable then) {
		int number = attempt.number();
		if (logger.isDebugEnabled()) {
			logger.debug(this.client + " tries to connect, attempt " + number, null);
		}
		this.events.tell(EventKind.CONNECTING, () -> new ConnectingEvent(this.client, number), then);
	}

	void connected(DefaultConnection connection) {
		if (logger.isDebugEnabled()) {
			logger.debug(isConnected(connection) + " by " + connection, null);
		}
		else {
			this.events.log().info(logger, "connected", () -> isConnected(connection));
		}
	}

	private String isConnected(DefaultConnection connection) {
		return this.client + " is connected to " + describe(connection);
	}

	/**
	 * The connection has ended.
	 * @param delay time until the next attempt; {@code null} when there is to be none
	 */
	void lost(@Nullable Duration delay) {
		if (delay != null && logger.isDebugEnabled()) {
			logger.debug(this.client + " has lost its connection; " + next(delay), null);
		}
	}

	private static String next(@Nullable Duration delay) {
		return (delay != null) ? "it tries again in " + delay.toMillis() + " ms" : "it does not try again";
	}

	/** Tells it among the messages of a connection that the application knows. */
	void occupied(DefaultConnection connection) {
		log(connection);
		this.events.publish(EventKind.OCCUPIED, () -> new ServerOccupiedEvent(this.client, connection));
	}

	/** Tells it before the failure of a connection that nobody gets to know. */
	void occupiedAtOnce(DefaultConnection connection) {
		log(connection);
		this.events.tell(EventKind.OCCUPIED, () -> new ServerOccupiedEvent(this.client, connection));
	}

	private void log(DefaultConnection connection) {
		this.events.log().info(logger, "full", () -> this.client + " finds " + describe(connection) + " full");
	}

	/**
	 * An attempt has failed.
	 * @param delay time until the next; {@code null} when there is to be none
	 * @param then tells those who wait for it, on any thread
	 */
	void failed(ConnectAttempt attempt, SocketOperationException failure, @Nullable Duration delay, Runnable then) {
		if (attempt.number() == 1) {
			this.events.log()
				.warn(logger, "not connected",
						() -> failure.getMessage() + ((delay != null) ? "; it goes on trying" : ""), null);
		}
		if (logger.isDebugEnabled()) {
			logger.debug("Attempt " + attempt.number() + " has failed: " + failure.getMessage() + "; " + next(delay),
					null);
		}
		this.events.failed(failure.getCode(), failure);
		publish(attempt, failure, delay, then);
	}

	void givenUp(ConnectAttempt attempt, SocketOperationException reason) {
		publish(attempt, reason, null, () -> {
		});
	}

	private void publish(ConnectAttempt attempt, SocketOperationException cause, @Nullable Duration delay,
			Runnable then) {
		this.events.tell(EventKind.CONNECTION_FAILED,
				() -> new ConnectionFailedEvent(this.client, attempt.number(), cause, delay), then);
	}

	private static String describe(DefaultConnection connection) {
		return AddressText.asNamed(connection.getRemoteAddress());
	}

}
