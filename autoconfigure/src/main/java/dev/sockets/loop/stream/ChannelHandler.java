package dev.sockets.loop.stream;

import java.io.IOException;

/**
 * What becomes of a channel's bytes and states. Called by one thread at a time, in order:
 * {@link #opened()} or {@link #connectFailed}, then any number of {@link #received}, then
 * {@link #closed()} and {@link #released()}; only {@link #takenOver()},
 * {@link #overflowed()} and {@link #stalled()} come at any time.
 */
public interface ChannelHandler {

	/** The channel is open; bytes are read from now on. */
	void opened();

	/**
	 * The channel could not be connected; nothing else follows.
	 * @param cause why
	 */
	void connectFailed(IOException cause);

	/**
	 * Returns whether the call of {@link #received} that follows handles what it gets
	 * before it returns, so that its replies may wait for its end.
	 * @return {@code false} when a {@link SerialQueue} handles it
	 */
	boolean handlesInline();

	/**
	 * Bytes have been received.
	 * @param bytes holds the bytes; valid only during the call
	 * @param start index of the first one not consumed by an earlier call
	 * @param end index after the last one
	 * @return index of the first byte not consumed; it is there again in the next call,
	 * which comes when there are more bytes or reading was paused meanwhile
	 */
	int received(byte[] bytes, int start, int end);

	/**
	 * The peer will send no more.
	 * @param truncated whether bytes are left that were not consumed
	 */
	void ended(boolean truncated);

	/** The channel is to be closed once everything received so far is handled. */
	void ending();

	/**
	 * Reading or writing failed; the channel is being closed.
	 * @param cause why
	 */
	void failed(IOException cause);

	/** The channel was closed; only {@link #released()} follows. */
	void closed();

	/**
	 * The socket was given back: the peer has closed its side too, or was not waited for
	 * any longer.
	 */
	default void released() {
	}

	/** More bytes wait to be written than allowed; the channel is being closed. */
	void overflowed();

	/**
	 * The peer has taken no bytes for the write deadline; the channel is being closed.
	 */
	void stalled();

	/**
	 * Some time has passed; called about ten times a second, by any thread, also while
	 * other calls are under way.
	 * @param now a reading of {@code System.nanoTime()}
	 */
	void tick(long now);

	/**
	 * Explains why bytes were not sent that were too many.
	 * @return the exception that their senders get
	 */
	Throwable overflowFailure();

	/**
	 * Explains why bytes are not sent any more.
	 * @return the exception that the senders get
	 */
	Throwable sendFailure();

	/**
	 * A call of this handler has blocked so long that the event loop went on without it.
	 */
	void takenOver();

	/**
	 * Returns whether calls of this handler may block: if so the loop goes on without one
	 * that does, and a send within one may wait for a slow peer.
	 * @return whether they may block
	 */
	boolean mayBlock();

}
