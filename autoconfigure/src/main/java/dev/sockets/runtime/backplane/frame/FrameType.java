package dev.sockets.runtime.backplane.frame;

import org.jspecify.annotations.Nullable;

/**
 * What a frame is about. Its number goes over the wire.
 */
public enum FrameType {

	/** A node is there. */
	HEARTBEAT(1),

	/** A node goes. */
	GOODBYE(2),

	/** A message to all connections of a server. */
	ALL(3),

	/** A message to a group. */
	GROUP(4),

	/** A message to a user. */
	USER(5),

	/** A message to one connection. */
	CONNECTION(6),

	/** Connections are to be closed. */
	KICK(7),

	/** A connection is to join a group. */
	JOIN(8),

	/** A connection is to leave a group. */
	LEAVE(9),

	/** The answer to a frame that has a request's id. */
	REPLY(10),

	/** What has changed among the connections of a node. */
	CHANGES(11),

	/** A node is to send a snapshot of its connections. */
	ASK(12),

	/** A part of the connections of a node. */
	SNAPSHOT(13);

	private static final FrameType[] types = values();

	private final int code;

	FrameType(int code) {
		this.code = code;
	}

	/** Returns the number that goes over the wire. */
	public int code() {
		return this.code;
	}

	/**
	 * Returns the type of a number.
	 * @param code the number
	 * @return the type; {@code null} when this version knows none
	 */
	static @Nullable FrameType of(int code) {
		return (code >= 1 && code <= types.length) ? types[code - 1] : null;
	}

}
