package dev.sockets.runtime.tcp.client;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import dev.sockets.EndpointKind;
import dev.sockets.runtime.SafeLog;
import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.runtime.tcp.EndpointRun;
import dev.sockets.runtime.tcp.RunningServers;

/**
 * Tells once in each run of a client that it and a server of the same application answer
 * each other's answers, thousands a second: a listener that answers whatever endpoint it
 * hears. Looks at what is counted anyway, at each tick of the client's connection, and at
 * the connections of servers only when the client's handlers answer that often. Guarded
 * by its monitor.
 */
final class EchoWatch {

	private static final SafeLog logger = SafeLog.of(EchoWatch.class);

	private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

	/** How many answers a second are no conversation. */
	private static final long MANY = 1000;

	/** How many windows in a row have to have that many. */
	private static final int LASTING = 2;

	private final RunningServers servers;

	private @Nullable DefaultConnection watched;

	private @Nullable DefaultConnection other;

	private long since;

	private long answers;

	private long otherAnswers;

	private int windows;

	private boolean isElsewhere;

	private @Nullable EndpointRun told;

	/**
	 * Creates the watch over a client's connections.
	 * @param servers those of the application
	 */
	EchoWatch(RunningServers servers) {
		this.servers = servers;
	}

	/**
	 * Some time has passed.
	 * @param connection the client's connection
	 * @param now the time, as {@code StreamChannel.nanos()}
	 */
	synchronized void tick(DefaultConnection connection, long now) {
		if (this.watched != connection) {
			this.watched = connection;
			this.other = null;
			this.isElsewhere = false;
			this.windows = 0;
			next(connection, now);
			return;
		}
		if (this.isElsewhere || this.told == connection.run()) {
			return;
		}
		long nanos = now - this.since;
		if (nanos < WINDOW_NANOS) {
			return;
		}
		DefaultConnection other = this.other;
		if (!areMany(answers(connection) - this.answers, nanos)) {
			this.windows = 0;
		}
		else if (other == null) {
			this.other = this.servers.otherEnd(connection);
			this.isElsewhere = this.other == null;
			this.windows = 0;
		}
		else {
			this.windows = areMany(answers(other) - this.otherAnswers, nanos) ? this.windows + 1 : 0;
			if (this.windows >= LASTING) {
				this.told = connection.run();
				tell(connection.getEndpoint(), other.getEndpoint());
			}
		}
		next(connection, now);
	}

	private void next(DefaultConnection connection, long now) {
		this.since = now;
		this.answers = answers(connection);
		DefaultConnection other = this.other;
		this.otherAnswers = (other != null) ? answers(other) : 0;
	}

	private static long answers(DefaultConnection connection) {
		return connection.channel().activity().framesReplied();
	}

	private static boolean areMany(long answers, long nanos) {
		return answers > TimeUnit.NANOSECONDS.toMillis(nanos) * MANY / TimeUnit.SECONDS.toMillis(1);
	}

	private static void tell(String client, String server) {
		logger.warn("%s and %s of this application answer each other's answers, more than %d a second: "
			.formatted(EndpointKind.TCP_CLIENT.path(client), EndpointKind.TCP_SERVER.path(server), MANY)
				+ "a listener hears both and answers both. Have it hear one of them: @SocketListener(\"" + server
				+ "\"), or @EventListener(condition = \"event.endpoint == '" + server
				+ "'\"). This is told once until the client starts again");
	}

}
