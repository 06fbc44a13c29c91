package dev.sockets.tcp.endpoint;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionStatistics;

/**
 * The open connections of one endpoint, and the counts of those that have gone. Snapshots
 * are exact: none shows one that has gone together with its successor.
 */
final class ConnectionRegistry {

	private final Map<String, DefaultConnection> connections = new ConcurrentHashMap<>();

	/**
	 * Connections, and attempts to get one, whose end the application was not told yet.
	 */
	private final AtomicInteger alive = new AtomicInteger();

	private final AtomicLong opened = new AtomicLong();

	private final LongAdder messagesReceived = new LongAdder();

	private final LongAdder messagesSent = new LongAdder();

	private final LongAdder bytesReceived = new LongAdder();

	private final LongAdder bytesSent = new LongAdder();

	private volatile @Nullable CompletableFuture<Void> empty;

	/** A connection is being made; the endpoint has not stopped until it is forgotten. */
	void expect() {
		this.alive.incrementAndGet();
	}

	synchronized void add(DefaultConnection connection) {
		this.opened.incrementAndGet();
		this.connections.put(connection.getId(), connection);
	}

	void remove(DefaultConnection connection) {
		synchronized (this) {
			this.connections.remove(connection.getId());
		}
		ConnectionStatistics statistics = connection.getStatistics();
		this.messagesReceived.add(statistics.messagesReceived());
		this.messagesSent.add(statistics.messagesSent());
		this.bytesReceived.add(statistics.bytesReceived());
		this.bytesSent.add(statistics.bytesSent());
	}

	/** The application knows that a connection has gone. */
	void forget() {
		this.alive.decrementAndGet();
		completeWhenEmpty();
	}

	/** Closes all connections at once, and interrupts their handlers. */
	void cutOff() {
		this.connections.values().forEach(DefaultConnection::cutOff);
	}

	synchronized int size() {
		return this.connections.size();
	}

	synchronized Collection<DefaultConnection> all() {
		return List.copyOf(this.connections.values());
	}

	Optional<Connection> find(String id) {
		return Optional.ofNullable(this.connections.get(id));
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

	Totals totals() {
		long messagesIn = this.messagesReceived.sum();
		long messagesOut = this.messagesSent.sum();
		long bytesIn = this.bytesReceived.sum();
		long bytesOut = this.bytesSent.sum();
		for (DefaultConnection connection : this.connections.values()) {
			ConnectionStatistics statistics = connection.getStatistics();
			messagesIn += statistics.messagesReceived();
			messagesOut += statistics.messagesSent();
			bytesIn += statistics.bytesReceived();
			bytesOut += statistics.bytesSent();
		}
		return new Totals(this.opened.get(), messagesIn, messagesOut, bytesIn, bytesOut);
	}

	private void completeWhenEmpty() {
		CompletableFuture<Void> empty = this.empty;
		if (empty != null && this.alive.get() == 0) {
			empty.complete(null);
		}
	}

	record Totals(long opened, long messagesReceived, long messagesSent, long bytesReceived, long bytesSent) {

	}

}
