package dev.sockets.loop;

import java.nio.ByteBuffer;

/**
 * The memory a runner works with. Channels at rest own none.
 */
final class Buffers {

	static final int SIZE = 64 * 1024;

	/** What the socket is read into. */
	final ByteBuffer input = ByteBuffer.allocateDirect(SIZE);

	/** The same bytes where framings can get at them fast. */
	final byte[] bytes = new byte[SIZE];

	/** What handlers reply during one read. */
	final Batch batch = new Batch(ByteBuffer.allocateDirect(SIZE));

}
