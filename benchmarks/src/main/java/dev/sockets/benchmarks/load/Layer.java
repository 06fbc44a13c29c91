package dev.sockets.benchmarks.load;

import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;

/**
 * What a load speaks over its sockets.
 */
@FunctionalInterface
public interface Layer {

	/** The bytes of the messages, as they are. */
	Layer PLAIN = (channel) -> channel;

	/**
	 * Prepares a connection, waiting for the server if need be.
	 * @param channel a connected socket; not blocking, before and after
	 * @return sends and receives messages
	 * @throws IOException when the server refuses
	 */
	ByteChannel over(SocketChannel channel) throws IOException;

}
