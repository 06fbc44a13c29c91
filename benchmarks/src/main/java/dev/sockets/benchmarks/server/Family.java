package dev.sockets.benchmarks.server;

/**
 * What a server is in the comparison.
 */
public enum Family {

	/** This project. */
	OURS,

	/** What users choose for speed. */
	PEER,

	/** The same, with a part of it in C. */
	NATIVE_PEER,

	/** Spring Integration as it is. */
	INTEGRATION,

	/** No library at all. */
	BARE

}
