package dev.sockets.event;

/**
 * Why another node has gone.
 */
public enum NodeLeftReason {

	/** It has said goodbye, or the server was stopped there or here. */
	STOPPED,

	/** Nothing was heard of it for too long, or this node has to stay alone. */
	SILENT,

	/** Another one with its id is there. */
	REPLACED

}
