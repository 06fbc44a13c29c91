package dev.sockets.loop.stream;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A socket that can keep back what it is given to write, so that it leaves in one call of
 * the system with that of other sockets: when the thread of its selector selects again,
 * before anything else that it writes, and when it is closed.
 */
public interface BatchedSocket {

	/**
	 * Writes bytes, or keeps them back. What could not be sent afterwards is kept; the
	 * selector tells then that the socket is ready to be written to.
	 * @param bytes what to write
	 * @return how many bytes were taken
	 * @throws IOException when the connection is broken
	 */
	int writeBatched(ByteBuffer bytes) throws IOException;

	/**
	 * Sends what is kept back, as far as it is taken now.
	 * @return how many bytes are left
	 * @throws IOException when the connection is broken
	 */
	int sendHeld() throws IOException;

}
