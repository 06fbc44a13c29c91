package dev.sockets.event;

/**
 * Why a connection was closed.
 */
public enum DisconnectReason {

	/** The application closed it. */
	LOCAL,

	/** The peer closed it between two messages. */
	REMOTE,

	/** The peer reset it, or the network failed. */
	RESET,

	/** The peer closed it within a message. */
	TRUNCATED,

	/** Nothing went over it for as long as the idle deadline, or no first bytes came. */
	IDLE,

	/** The peer has sent nothing for as long as the read deadline. */
	READ_TIMEOUT,

	/** A message was begun and not finished within the frame deadline. */
	FRAME_TIMEOUT,

	/** The peer took no bytes for as long as the write deadline. */
	WRITE_TIMEOUT,

	/** More bytes waited to be written than allowed. */
	SLOW_CONSUMER,

	/** There was no memory for what it had sent or had not taken. */
	MEMORY,

	/**
	 * A request was not answered in time, so later answers could not be told apart.
	 */
	REQUEST_TIMEOUT,

	/** The peer has not acknowledged a message, however often it was repeated. */
	NOT_ACKNOWLEDGED,

	/** The peer was silent for longer than the heartbeat allows. */
	HEARTBEAT,

	/**
	 * What arrived was no frame, or a longer one than allowed; or could not be decoded,
	 * and {@code on-handler-error} is {@code close}.
	 */
	FRAME_ERROR,

	/**
	 * The peer has sent more messages or bytes in a time than it may, and
	 * {@code inbound.on-excess} is {@code disconnect}.
	 */
	INBOUND_RATE,

	/** A handler threw, and {@code on-handler-error} is {@code close}. */
	HANDLER_ERROR,

	/** The peer could not show that it belongs here. */
	AUTHENTICATION,

	/** What came was not TLS as it was agreed on, or nothing could be agreed on. */
	TLS,

	/** The endpoint was stopped. */
	SHUTDOWN,

	/** It was as old as connections may become. */
	MAX_AGE,

	/**
	 * Another connection was bound to its name, and {@code session.duplicate} is
	 * {@code replace}; or another one has got its place, and {@code when-full} is
	 * {@code replace-oldest}.
	 */
	REPLACED,

	/** An operator closed it: {@code disconnectAll()}. */
	KICKED

}
