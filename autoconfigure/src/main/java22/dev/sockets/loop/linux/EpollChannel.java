package dev.sockets.loop.linux;

import java.io.IOException;
import java.net.SocketOption;
import java.nio.channels.NetworkChannel;

/**
 * A channel that an {@link EpollSelector} can watch.
 */
interface EpollChannel extends NetworkChannel {

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

	@Override
	default <T> T getOption(SocketOption<T> option) throws IOException {
		return Options.get(descriptor(), option);
	}

}
