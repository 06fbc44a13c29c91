package dev.sockets.runtime.backplane;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.sockets.backplane.BackplaneSettings;
import dev.sockets.runtime.backplane.frame.Frame;
import dev.sockets.runtime.backplane.frame.Heartbeat;
import dev.sockets.tcp.NodeInfo;

/**
 * Who this node is among others, and what it says of itself.
 */
final class ThisNode {

	private static final long MOST_SKEW_MILLIS = 60_000;

	private final String id;

	private final long incarnation;

	private final BackplaneSettings settings;

	private final ChannelNames channels;

	private volatile long since;

	private volatile boolean greeted;

	private volatile boolean refused;

	private volatile long elder;

	private volatile long elderHeardAt;

	ThisNode(String id, long incarnation, BackplaneSettings settings) {
		this.id = id;
		this.incarnation = incarnation;
		this.settings = settings;
		this.channels = new ChannelNames(settings.prefix(), settings.groupChannels());
	}

	void begin() {
		this.since = millis();
		this.refused = false;
	}

	String id() {
		return this.id;
	}

	long incarnation() {
		return this.incarnation;
	}

	ChannelNames channels() {
		return this.channels;
	}

	String channel() {
		return this.channels.node(this.id);
	}

	/** Returns whether nodes tell each other of each connection. */
	boolean hasPresence() {
		return this.settings.presence();
	}

	int groupChannels() {
		return this.settings.groupChannels();
	}

	/** Returns for how many ticks a node is silent that is gone. */
	long silentTicks() {
		return this.settings.heartbeatTimeout().toNanos() / this.settings.heartbeatInterval().toNanos();
	}

	/**
	 * Returns whether a node is gone, as it has been silent for too long while this one
	 * heard itself.
	 * @param ticks for how many ticks
	 * @param nanos and for how long by the clock, as the first tick may come at once
	 */
	boolean isSilence(long ticks, long nanos) {
		return ticks >= silentTicks() && nanos >= this.settings.heartbeatTimeout().toNanos();
	}

	/**
	 * Another node that was there before has this id: this one stays alone.
	 * @param incarnation that node's
	 * @param now when it was heard
	 */
	void refuse(long incarnation, long now) {
		elderHeard(incarnation, now);
		this.refused = true;
	}

	/** The other node is still there, or its silence is this one's fault. */
	void elderHeard(long incarnation, long now) {
		this.elder = incarnation;
		this.elderHeardAt = now;
	}

	/** The engine has heard nothing before, so this node asks again who is there. */
	void hearsFrom(long now) {
		this.elderHeardAt = now;
		this.greeted = false;
	}

	/**
	 * A node has said goodbye.
	 * @param incarnation that node's
	 * @param now when
	 */
	void gone(long incarnation, long now) {
		if (this.elder == incarnation) {
			this.elderHeardAt = now - this.settings.heartbeatTimeout().toNanos();
		}
	}

	/** Returns whether no other node has this id any more. */
	boolean isIdFree(long now) {
		return now - this.elderHeardAt >= this.settings.heartbeatTimeout().toNanos();
	}

	/** This node may take part after all, and says hello again. */
	void admit() {
		this.greeted = false;
		this.refused = false;
	}

	boolean isRefused() {
		return this.refused;
	}

	/** Only a time stamp, for others to compare. */
	private static long millis() {
		return System.currentTimeMillis();
	}

	/** Makes the next heartbeat; the first one says hello. */
	Heartbeat heartbeat(long presence, Peers peers) {
		boolean hello = !this.greeted;
		this.greeted = true;
		List<Heartbeat.Server> servers = peers.servers()
			.stream()
			.map((server) -> new Heartbeat.Server(server.name(), server.format(), server.connections()))
			.toList();
		return new Heartbeat(this.id, this.since, millis(), hello, 1, Frame.VERSION, this.settings.groupChannels(),
				presence, servers, peers.heard());
	}

	/** Returns whether a signed heartbeat may be one of now. */
	boolean isRecent(Heartbeat heartbeat) {
		return Math.abs(heartbeat.clock() - millis()) <= MOST_SKEW_MILLIS;
	}

	/** Each node measures its age by its own clock, so they may differ. */
	boolean isYoungerThan(long incarnation, Heartbeat heartbeat) {
		long age = millis() - this.since;
		long otherAge = heartbeat.clock() - heartbeat.since();
		return age < otherAge || (age == otherAge && this.incarnation > incarnation);
	}

	NodeInfo info(int connections) {
		return new NodeInfo(this.id, true, Instant.ofEpochMilli(this.since), connections, Duration.ZERO);
	}

	static NodeInfo info(Peer peer, Heartbeat heartbeat, String server) {
		Heartbeat.Server there = heartbeat.server(server);
		return new NodeInfo(peer.node(), false, Instant.ofEpochMilli(heartbeat.since()),
				(there != null) ? there.connections() : 0,
				Duration.ofNanos(Math.max(0, System.nanoTime() - peer.heardAt())));
	}

}
