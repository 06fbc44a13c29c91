package dev.sockets.runtime.backplane;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.sockets.runtime.backplane.frame.Changes;
import dev.sockets.runtime.backplane.frame.Heartbeat;
import dev.sockets.runtime.backplane.frame.SequenceWindow;
import dev.sockets.runtime.backplane.frame.Snapshot;

/**
 * Another node, as long as it is there. Guarded by its {@link Peers}, but for what says
 * that it is volatile.
 */
final class Peer {

	/**
	 * Changes that wait for a snapshot; when there are more it is asked for once more.
	 */
	private static final int MOST_BUFFERED = 1000;

	private final long incarnation;

	private final String node;

	private volatile Heartbeat heartbeat;

	private volatile long heardAt;

	private volatile long lag;

	/**
	 * When it last said that it hears this node, or was made; used by the engine's thread
	 * only.
	 */
	private long hearsAt;

	private final Reach reach;

	private long heardTick;

	private long heardSequence;

	private final Map<String, SequenceWindow> windows;

	/** What has not come and was not told, by channel. */
	private final Map<String, Long> missed = new HashMap<>();

	private long missedSince;

	private long refused;

	/** How many of its changes are known; -1 when a snapshot is needed. */
	private long version;

	private final List<Changes> buffered = new ArrayList<>();

	private final List<Snapshot> parts = new ArrayList<>();

	private volatile long toldAt;

	/**
	 * Creates a node that has just been heard.
	 * @param incarnation which start of the node it is
	 * @param heartbeat what it says
	 * @param windows what has come of it before, by channel
	 * @param reach whether it hears this node
	 * @param now when that was, as {@code System.nanoTime()}
	 */
	Peer(long incarnation, Heartbeat heartbeat, Map<String, SequenceWindow> windows, Reach reach, long now) {
		this.windows = windows;
		this.incarnation = incarnation;
		this.reach = reach;
		this.hearsAt = now;
		this.node = heartbeat.node();
		this.heartbeat = heartbeat;
	}

	long incarnation() {
		return this.incarnation;
	}

	String node() {
		return this.node;
	}

	/** Returns what it said last; known to all threads. */
	Heartbeat heartbeat() {
		return this.heartbeat;
	}

	/** Returns when that was, as {@code System.nanoTime()}; known to all threads. */
	long heardAt() {
		return this.heardAt;
	}

	/**
	 * Returns how far it is behind in hearing this node, or for how long it does not;
	 * known to all threads.
	 */
	long lag() {
		return this.lag;
	}

	/** It has said that it hears this node. */
	void hears(long lag, long now) {
		this.lag = lag;
		this.hearsAt = now;
	}

	/** It has said whom it hears, and this node is not among them. */
	void hearsNot(long now) {
		this.lag = now - this.hearsAt;
	}

	/** Returns whether it hears this node. */
	Reach reach() {
		return this.reach;
	}

	long heardTick() {
		return this.heardTick;
	}

	Heartbeat.Heard heard() {
		return new Heartbeat.Heard(this.incarnation, this.heardSequence);
	}

	void heard(Heartbeat heartbeat, long sequence, long tick, long now) {
		this.heartbeat = heartbeat;
		this.heardSequence = sequence;
		this.heardTick = tick;
		this.heardAt = now;
	}

	Map<String, SequenceWindow> windows() {
		return this.windows;
	}

	SequenceWindow window(String channel) {
		return this.windows.computeIfAbsent(channel, (key) -> new SequenceWindow());
	}

	void resume(String channel) {
		SequenceWindow window = this.windows.get(channel);
		if (window != null) {
			window.resume();
		}
	}

	/** Some frames have not come, or a late one has. */
	void missed(String channel, long count) {
		if (count != 0) {
			this.missed.merge(channel, count, Long::sum);
			this.missedSince = (this.missedSince != 0) ? this.missedSince : Math.max(1, System.nanoTime());
		}
	}

	/** A frame has come, and there was no room for it. */
	void refused(String channel) {
		missed(channel, 1);
		this.refused++;
	}

	/** Returns since when that has not been told; 0 when there is nothing to tell. */
	long missedSince() {
		return this.missedSince;
	}

	/** Returns how many of what is told next have come. */
	long takeRefused() {
		long taken = this.refused;
		this.refused = 0;
		return taken;
	}

	Map<String, Long> takeMissed() {
		Map<String, Long> taken = Map.copyOf(this.missed);
		this.missed.clear();
		this.missedSince = 0;
		return taken;
	}

	/** Nothing of its connections is known any more. */
	void unknown() {
		this.version = -1;
	}

	boolean needsSnapshot() {
		return this.version < this.heartbeat.presence() || this.version < 0;
	}

	/**
	 * Returns which of its changes are new.
	 * @param changes some of its changes
	 * @return the changes to be applied now; those after a gap wait for a snapshot
	 */
	Changes next(Changes changes) {
		if (this.version < 0 || changes.from() > this.version) {
			if (this.buffered.size() >= MOST_BUFFERED) {
				this.buffered.clear();
			}
			this.buffered.add(changes);
			this.version = -1;
			return new Changes(changes.from(), List.of());
		}
		int known = (int) Math.min(changes.changes().size(), this.version - changes.from());
		this.version = Math.max(this.version, changes.to());
		return new Changes(changes.from() + known, changes.changes().subList(known, changes.changes().size()));
	}

	/**
	 * A part of a snapshot has come.
	 * @param part the part
	 * @return all of them when it was the last one, and none before
	 */
	List<Snapshot> add(Snapshot part) {
		this.parts.removeIf((other) -> other.version() != part.version() || other.part() == part.part());
		this.parts.add(part);
		this.toldAt = System.nanoTime();
		if (this.parts.size() < part.parts()) {
			return List.of();
		}
		List<Snapshot> all = List.copyOf(this.parts);
		this.parts.clear();
		this.version = part.version();
		return all;
	}

	/**
	 * Returns whether this node was asked long ago for what it has, and has told nothing
	 * since.
	 * @param askedAt when it was asked
	 * @param patience how long that may take
	 * @param now the time, as all of {@code System.nanoTime()}
	 */
	boolean isOverdue(long askedAt, long patience, long now) {
		boolean tells = this.toldAt != 0 && this.toldAt - askedAt > 0;
		return now - (tells ? this.toldAt : askedAt) >= patience;
	}

	/** Returns the changes that have waited for the snapshot. */
	List<Changes> takeBuffered() {
		List<Changes> taken = List.copyOf(this.buffered);
		this.buffered.clear();
		return taken;
	}

	boolean has(String server) {
		return server(server) != null;
	}

	Heartbeat.@Nullable Server server(String name) {
		return this.heartbeat.server(name);
	}

}
