package dev.sockets.runtime.tcp.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import dev.sockets.event.DisconnectReason;
import dev.sockets.runtime.tcp.ConnectionRegistry;
import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.runtime.tcp.Drain;

/**
 * Newcomers to a full server, each of which waits for a connection that is closed for it:
 * the one whose peer has been silent longest. The place of that one is free when all that
 * it has sent is handled. One whose place is not free soon, as a handler or a listener of
 * its end is late, stands for no newcomer any more: another one makes room then. Open to
 * all threads.
 */
final class Replacements {

	/** Each holds a descriptor; more wait in the backlog. */
	private static final int MOST_WAITING = 64;

	/** Who has not left by then stands for no newcomer. */
	private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final ConnectionLimits limits;

	private final ConnectionRegistry registry;

	private final Consumer<DefaultConnection> leaves;

	private final LongSupplier nanos;

	private final Deque<Newcomer> waiting = new ArrayDeque<>();

	/** Those that give up their places and are not late, and since when. */
	private final Map<DefaultConnection, Long> leaving = new HashMap<>();

	private boolean closed;

	/** Whether somebody waits, for those who have no lock. */
	private volatile boolean awaited;

	/**
	 * Creates replacements for a server that is not full.
	 * @param limits tells how many places there are
	 * @param registry has those that may leave
	 * @param leaves told of each that is to leave
	 * @param nanos the time, which stands still while this side is held up
	 */
	Replacements(ConnectionLimits limits, ConnectionRegistry registry, Consumer<DefaultConnection> leaves,
			LongSupplier nanos) {
		this.limits = limits;
		this.registry = registry;
		this.leaves = leaves;
		this.nanos = nanos;
	}

	/** Returns whether one more may wait. */
	synchronized boolean hasRoom() {
		return this.waiting.size() < MOST_WAITING;
	}

	/** Returns whether somebody waits, who comes first then. */
	synchronized boolean areAwaited() {
		return !this.waiting.isEmpty();
	}

	/**
	 * A newcomer, whose address is counted already, waits for a place.
	 * @param newcomer the newcomer
	 * @return whether it does; {@code false} when the server stops
	 */
	synchronized boolean await(Newcomer newcomer) {
		if (!this.closed) {
			this.waiting.add(newcomer);
			this.awaited = true;
			replace();
		}
		return !this.closed;
	}

	/** Some time has passed. Called about ten times a second by each port. */
	void tick() {
		if (this.awaited) {
			replace();
		}
	}

	/**
	 * Has as many leave as places are missing for those that wait, if there are so many.
	 */
	synchronized void replace() {
		long now = this.nanos.getAsLong();
		this.leaving.values().removeIf((since) -> now - since >= LATE_NANOS);
		int missing = this.limits.missing(this.waiting.size());
		while (this.leaving.size() < missing) {
			DefaultConnection silent = silentLongest();
			if (silent == null) {
				return;
			}
			this.leaving.put(silent, now);
			this.leaves.accept(silent);
			Drain.begin(silent, DisconnectReason.REPLACED);
		}
	}

	private @Nullable DefaultConnection silentLongest() {
		return this.registry.all()
			.stream()
			.filter((connection) -> !connection.isClosing())
			.max(Comparator.comparingLong(Replacements::silence))
			.orElse(null);
	}

	private static long silence(DefaultConnection connection) {
		return connection.channel().activity().silentFor(connection.channel().nanos());
	}

	/**
	 * A connection gives back its place, which is that of a newcomer at once: else
	 * another one would have to leave for it.
	 * @param connection the connection
	 * @return who is to be served next; {@code null} when nobody waits
	 */
	synchronized @Nullable Newcomer left(DefaultConnection connection) {
		this.limits.leave(connection.getRemoteAddress().getAddress(), connection.run());
		this.leaving.remove(connection);
		return next();
	}

	/**
	 * Returns who is to be served next.
	 * @return the newcomer that has waited longest, with a place; {@code null} when
	 * nobody waits, or there is no place
	 */
	synchronized @Nullable Newcomer next() {
		if (this.waiting.isEmpty() || !this.limits.admitCounted()) {
			return null;
		}
		Newcomer next = this.waiting.remove();
		this.awaited = !this.waiting.isEmpty();
		return next;
	}

	/**
	 * Lets newcomers wait, from now on or no more.
	 * @param open whether they may
	 * @param turnAway gets those that wait in vain
	 */
	void open(boolean open, Consumer<Newcomer> turnAway) {
		List<Newcomer> inVain;
		synchronized (this) {
			this.closed = !open;
			inVain = new ArrayList<>(this.waiting);
			this.waiting.clear();
			this.awaited = false;
			this.leaving.clear();
		}
		inVain.forEach(turnAway);
	}

}
