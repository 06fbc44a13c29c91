package dev.sockets.loop;

import java.io.IOException;
import java.nio.channels.spi.SelectorProvider;

import org.jspecify.annotations.Nullable;

/**
 * Stream sockets by calls of the operating system, which need a newer Java than all else
 * and are found by the name of the class.
 */
public interface NativeSockets {

	/**
	 * Returns what has no native access, as {@code --enable-native-access} names it. The
	 * JVM is not asked for any.
	 * @return the name of a module, or {@code ALL-UNNAMED}; {@code null} when native
	 * access is granted
	 */
	@Nullable String withoutAccess();

	/**
	 * Tries out what the provider opens, for some seconds at most. Needs native access.
	 * @return opens selectors and stream sockets
	 * @throws IOException when they don't work here
	 */
	SelectorProvider open() throws IOException;

	/**
	 * Returns why what is written is not sent by io_uring.
	 * @return a clause; {@code null} when it is
	 */
	@Nullable String withoutRing();

}
