package dev.sockets.runtime.tcp;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import dev.sockets.EndpointStatistics;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionStatistics;

/**
 * The open connections of one endpoint, and the counts of those that have gone. Snapshots
 * are exact: none shows one that has gone together with its successor.
 */
public final class ConnectionRegistry {

	private final Map<String, DefaultConnection> connections = new ConcurrentHashMap<>();

	private final ConnectionNames peerIds = new ConnectionNames();

	private volatile EndpointRun run = new EndpointRun();

	private final EndpointCounters counts = new EndpointCounters();

	/** Guarded by this registry's monitor, as is who is in the map. */
	private ConnectionTotals gone = ConnectionTotals.none();

	private volatile @Nullable CompletableFuture<Void> empty;

	public EndpointCounters counts() {
		return this.counts;
	}

	/**
	 * The endpoint starts; what of a former run has not ended, as a handler is inside, is
	 * neither expected nor there any more.
	 */
	void begin() {
		this.run = new EndpointRun();
		all().forEach(this::remove);
	}

	/** Returns the run that is under way. */
	public EndpointRun run() {
		return this.run;
	}

	/**
	 * A connection is being made; the endpoint has not stopped until it is forgotten.
	 * @return the run it belongs to, to be given to {@link #forget}
	 */
	public EndpointRun expect() {
		EndpointRun run = this.run;
		run.begin();
		return run;
	}

	synchronized void add(DefaultConnection connection) {
		this.gone = this.gone.plusOpened();
		this.connections.put(connection.getId(), connection);
		identified(connection);
	}

	/**
	 * The peer of a connection has told its identity, or had done so before the
	 * connection was added.
	 * @param connection the connection
	 */
	synchronized void identified(DefaultConnection connection) {
		String id = RpcHook.peerId(connection);
		if (id != null && this.connections.containsKey(connection.getId())) {
			this.peerIds.add(id, connection);
		}
	}

	synchronized void remove(DefaultConnection connection) {
		if (this.connections.remove(connection.getId()) != null) {
			this.gone = this.gone.plus(connection.getStatistics(), 0);
			this.counts.closed(connection.closing().reason());
			String id = RpcHook.peerId(connection);
			if (id != null) {
				this.peerIds.remove(id, connection);
			}
		}
	}

	/**
	 * The application knows that a connection has gone.
	 * @param run what {@link #expect()} has returned
	 */
	public void forget(EndpointRun run) {
		run.end();
		completeWhenEmpty();
	}

	/** Closes all connections at once, and interrupts their handlers. */
	void cutOff() {
		this.connections.values().forEach(DefaultConnection::cutOff);
	}

	public synchronized int size() {
		return this.connections.size();
	}

	public synchronized Collection<DefaultConnection> all() {
		return List.copyOf(this.connections.values());
	}

	/**
	 * Returns the open connections.
	 * @return no copy: while it is walked others may come and go, and who stays is met
	 * once
	 */
	public Collection<DefaultConnection> open() {
		return Collections.unmodifiableCollection(this.connections.values());
	}

	public Optional<Connection> find(String id) {
		return Optional.ofNullable(this.connections.get(id));
	}

	public Optional<Connection> findByPeerId(String id) {
		return this.peerIds.find(id).stream().map(Connection.class::cast).findFirst();
	}

	/**
	 * Waits for the end of all connections.
	 * @return completed when the application was told of the end of the last one
	 */
	CompletableFuture<Void> whenEmpty() {
		CompletableFuture<Void> empty = new CompletableFuture<>();
		this.empty = empty;
		completeWhenEmpty();
		return empty;
	}

	/**
	 * Returns what all connections have counted. Never less than before: one that goes
	 * meanwhile is counted once, by itself or among those that have gone.
	 * @return the sums
	 */
	public ConnectionTotals totals() {
		ConnectionTotals totals;
		Collection<DefaultConnection> open;
		synchronized (this) {
			totals = this.gone;
			open = all();
		}
		for (DefaultConnection connection : open) {
			ConnectionStatistics statistics = connection.getStatistics();
			totals = totals.plus(statistics, statistics.pendingBytes());
		}
		return totals;
	}

	public EndpointStatistics statistics(int maxConnections, boolean client, EndpointEvents events, int banned) {
		ConnectionTotals totals = totals();
		long reconnects = client ? Math.max(0, totals.opened() - 1) : 0;
		return new EndpointStatistics(
				new EndpointStatistics.Connections(size(), maxConnections, totals.opened(), reconnects,
						this.counts.closed(), this.counts.rejected(), totals.pendingBytes(), banned),
				new EndpointStatistics.Messages(totals.messagesReceived(), totals.messagesSent(), this.counts.failed(),
						totals.bytesReceived(), totals.bytesSent()),
				EndpointStatistics.Datagrams.NONE, events.inboxSize(), events.dropped(), this.counts.handling(),
				this.counts.requests().timings());
	}

	private void completeWhenEmpty() {
		CompletableFuture<Void> empty = this.empty;
		if (empty != null && this.run.isOver()) {
			empty.complete(null);
		}
	}

}
