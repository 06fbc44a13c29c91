package dev.sockets.autoconfigure.properties;

import dev.sockets.EventKind;

/**
 * What can stand in a list of {@code events}: the names of their kinds, and two words
 * that stand alone. A type of its own so that an IDE knows them in each entry.
 */
public enum EventName {

	/** All events. */
	ALL,

	/** No events. */
	NONE,

	/** The endpoint has started. */
	STARTED,

	/** The endpoint has stopped. */
	STOPPED,

	/** The endpoint cannot do its work, or can again. */
	FAILED,

	/** A client starts to connect. */
	CONNECTING,

	/** A client could not connect. */
	CONNECTION_FAILED,

	/** A connection was opened. */
	CONNECTED,

	/** A connection was closed. */
	DISCONNECTED,

	/** A server has turned a connection away. */
	REJECTED,

	/** A server keeps an address out for a while. */
	BANNED,

	/** A client's server has said that it is full. */
	OCCUPIED,

	/** A message was received. */
	RECEIVED,

	/** A message was written to its socket. */
	SENT,

	/** A message could not be sent. */
	SEND_FAILED,

	/** A message could not be decoded or handled. */
	ERROR,

	/** A receiver has joined a multicast group. */
	GROUP_JOINED,

	/** A receiver has left a multicast group. */
	GROUP_LEFT,

	/** A connection has joined a group of its server. */
	MEMBER_JOINED,

	/** A connection has left a group of its server. */
	MEMBER_LEFT,

	/** The first connection of a user is there. */
	USER_ONLINE,

	/** The last connection of a user has gone. */
	USER_OFFLINE,

	/** Another node has the server, too. */
	NODE_JOINED,

	/** Another node has the server no longer. */
	NODE_LEFT,

	/** Other nodes cannot be reached. */
	BACKPLANE_LOST,

	/** Other nodes can be reached again. */
	BACKPLANE_RECOVERED,

	/** Something that another node has sent has not come. */
	FRAMES_MISSED;

	/**
	 * Returns whether this is the name of a kind.
	 * @return {@code false} for the words that stand alone
	 */
	public boolean isKind() {
		return this != ALL && this != NONE;
	}

	/**
	 * Returns the kind of this name.
	 * @return the kind
	 * @throws IllegalArgumentException when this is the name of none
	 */
	public EventKind kind() {
		return EventKind.valueOf(name());
	}

}
