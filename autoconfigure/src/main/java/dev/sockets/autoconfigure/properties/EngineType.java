package dev.sockets.autoconfigure.properties;

import dev.sockets.loop.LoopEngine;

/**
 * What event loops get their sockets from.
 */
public enum EngineType {

	/** The native engine where it works and is allowed, else NIO. */
	AUTO,

	/** NIO of the JDK. */
	NIO,

	/** The native engine of Linux, by epoll and io_uring; needs Java 22. */
	NATIVE;

	/**
	 * Returns the engine.
	 * @return the engine, tried out
	 * @throws dev.sockets.loop.UnfitEngineException when it does not work here
	 */
	public LoopEngine engine() {
		return switch (this) {
			case AUTO -> LoopEngine.automatic();
			case NIO -> LoopEngine.nio();
			case NATIVE -> LoopEngine.ofSystem();
		};
	}

}
