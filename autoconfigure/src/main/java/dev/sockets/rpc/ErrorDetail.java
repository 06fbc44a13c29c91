package dev.sockets.rpc;

/**
 * What a peer gets to know of an exception of a handler.
 */
public enum ErrorDetail {

	/** The name of the error only. */
	CODE,

	/** The message too, unless it is the JVM's, which tells the names of classes. */
	MESSAGE,

	/** The stack trace too, with the names of classes and files. */
	FULL

}
