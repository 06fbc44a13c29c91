package dev.sockets.loop.linux;

/**
 * A channel that an {@link EpollSelector} can watch.
 */
interface EpollChannel {

	Descriptor descriptor();

	/** It is watched by a selector from now on. */
	default void registered(EpollKey key) {
	}

	/**
	 * Returns whether its owner is to be told that it is ready to be written to, whatever
	 * else is looked for.
	 */
	default boolean hasNews() {
		return false;
	}

}
