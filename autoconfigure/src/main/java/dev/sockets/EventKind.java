package dev.sockets;

/**
 * The kinds of events an endpoint can publish; {@code events} chooses among them by these
 * names in lower case with dashes.
 */
public enum EventKind {

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
	FRAMES_MISSED

}
