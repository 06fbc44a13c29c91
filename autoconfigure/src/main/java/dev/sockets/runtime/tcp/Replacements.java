package dev.sockets.runtime.tcp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.sockets.event.DisconnectReason;

/**
 * Newcomers to a full server, each of which waits for a connection that is closed for it:
 * the one whose peer has been silent longest. The place of that one is free when all that
 * it has sent is handled. Open to all threads.
 */
final class Replacements {

	/** Each holds a descriptor; more wait in the backlog. */
	private static final int MOST_WAITING = 64;

	private final ConnectionLimits limits;

	private final ConnectionRegistry registry;

	private final Deque<Newcomer> waiting = new ArrayDeque<>();

	/** Those that give up their places. */
	private final Set<DefaultConnection> leaving = new HashSet<>();

	private boolean closed;

	Replacements(ConnectionLimits limits, ConnectionRegistry registry) {
		this.limits = limits;
		this.registry = registry;
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
			replace();
		}
		return !this.closed;
	}

	/** Has as many leave as wait, if there are so many. */
	synchronized void replace() {
		while (this.leaving.size() < this.waiting.size()) {
			DefaultConnection silent = silentLongest();
			if (silent == null) {
				return;
			}
			this.leaving.add(silent);
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
		return (!this.waiting.isEmpty() && this.limits.admitCounted()) ? this.waiting.remove() : null;
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
			this.leaving.clear();
		}
		inVain.forEach(turnAway);
	}

}
