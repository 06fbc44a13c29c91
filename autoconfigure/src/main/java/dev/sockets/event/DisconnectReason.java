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

	/** The peer took no bytes for as long as the write deadline. */
	WRITE_TIMEOUT,

	/** More bytes waited to be written than allowed. */
	SLOW_CONSUMER,

	/** What arrived was no frame, or a longer one than allowed. */
	FRAME_ERROR,

	/** A handler threw, and {@code on-handler-error} is {@code close}. */
	HANDLER_ERROR,

	/** The endpoint was stopped. */
	SHUTDOWN,

	/** An operator closed it: {@code disconnectAll()}. */
	KICKED

}
