package dev.sockets.autoconfigure.properties;

/**
 * What carries bytes between nodes, when the application has no engine of its own.
 */
public enum BackplaneType {

	/** Nothing: this node is alone. */
	NONE,

	/** The publish and subscribe of Redis. */
	REDIS,

	/** A message channel of Spring that is a bean. */
	CHANNEL

}
