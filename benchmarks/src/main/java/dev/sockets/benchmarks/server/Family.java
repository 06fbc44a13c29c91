package dev.sockets.benchmarks.server;

/**
 * What a server is in the comparison.
 */
public enum Family {

	/** This project. */
	OURS,

	/** What users choose for speed. */
	PEER,

	/** Spring Integration as it is. */
	INTEGRATION,

	/** No library at all. */
	BARE

}
