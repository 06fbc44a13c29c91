package dev.sockets.loop.datagram;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Is told what becomes of the datagrams of one port. {@link #handle} is called by one
 * thread at a time for all ports of a {@link DatagramQueue}, and may block; the other
 * methods are called by the loop and return soon.
 */
public interface DatagramHandler {

	/**
	 * Datagrams were read, none of which has been handled yet.
	 * @param batch the datagrams, at least one; others when this returns
	 */
	void received(DatagramBatch batch);

	/**
	 * Handles a datagram.
	 * @param bytes begin with its bytes; they are another's when this returns
	 * @param length how many bytes were read; one more than the port's longest when it
	 * was longer, and then not all of them are there
	 * @param sender who sent it
	 */
	void handle(byte[] bytes, int length, InetSocketAddress sender);

	/**
	 * Some time has passed; called about ten times a second.
	 * @param now the loop's time
	 * @param stuck whether a handler of the queue has been at one datagram for so long
	 * that the others are as good as not received
	 */
	default void tick(long now, boolean stuck) {
	}

	/**
	 * The queue had no room.
	 * @param datagrams how many were dropped
	 */
	void dropped(int datagrams);

	/**
	 * The queue was closed or cleared.
	 * @param datagrams how many will not be handled for that
	 */
	void abandoned(int datagrams);

	/**
	 * Reading failed; it is tried again, less and less often.
	 * @param cause why
	 */
	void failed(IOException cause);

	/** Reading goes on after it had failed. */
	void recovered();

}
