package dev.sockets.loop.stream;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

import dev.sockets.loop.Registration;

/**
 * What carries the bytes of one channel: a plain socket, or a layer over one. Nothing
 * blocks here. Connecting and reading are done by the thread that the channel's reading
 * belongs to, writing by whoever has its write lock; the others are open to all.
 *
 * <p>
 * A layer that shakes hands or decrypts may have to write before it can read, and may
 * hold input that the socket does not tell of: it says so by {@link #wantsToWrite()} and
 * {@link #hasBufferedInput()}, and is read again then. What has to be agreed on with the
 * peer before anything else is done by {@link #prepare()}.
 */
public interface Transport {

	/** The signal to a channel's registration by which its transport asks to go on. */
	int READ_AGAIN = Signal.RESUME.bit;

	/**
	 * Returns what carries bytes over a plain socket.
	 * @param socket the socket, not blocking
	 * @return the transport
	 */
	static Transport of(SocketChannel socket) {
		return new SocketTransport(socket);
	}

	/**
	 * Returns what carries bytes over a plain socket of which some were read already.
	 * @param socket the socket, not blocking
	 * @param first what was read, to be read again before the rest
	 * @return the transport
	 */
	static Transport of(SocketChannel socket, ByteBuffer first) {
		return new SocketTransport(socket, first.hasRemaining() ? first : null);
	}

	/**
	 * Has the event loop watch the socket.
	 * @param registration told what it is ready for
	 * @param operations what to look for, as in {@code SelectionKey}
	 * @throws IOException when it is closed
	 */
	void register(Registration registration, int operations) throws IOException;

	/**
	 * Begins to connect.
	 * @param address the peer's address
	 * @return whether it is connected already
	 * @throws IOException when it cannot be connected
	 */
	boolean connect(SocketAddress address) throws IOException;

	/**
	 * Goes on connecting when the socket is ready for it.
	 * @return whether it is connected
	 * @throws IOException when it cannot be connected
	 */
	boolean finishConnect() throws IOException;

	/**
	 * Goes on with what has to be agreed on with the peer before the channel is open.
	 * Called when it is connected, and then whenever the socket is ready or the transport
	 * has {@linkplain #READ_AGAIN asked} for it.
	 * @return whether it can be read and written
	 * @throws IOException when that has failed; {@link #finishOutput()} is called then
	 */
	default boolean prepare() throws IOException {
		return true;
	}

	/**
	 * Goes on to another protocol from here on, once in its life: what is written and
	 * read after that belongs to it, and {@link #prepare()} is called again until the two
	 * sides agree. Nothing else is read or written meanwhile. Called on the loop.
	 * @param unread what was read of it already
	 */
	default void upgrade(ByteBuffer unread) {
		throw new UnsupportedOperationException("There is no other protocol to go on to");
	}

	/**
	 * Some time has passed. Called by the loop about ten times a second, on any state.
	 * @param now the time, as {@link dev.sockets.loop.EventLoop#nanos()}
	 * @throws IOException when the peer takes too long for what has to be agreed on
	 */
	default void tick(long now) throws IOException {
	}

	/**
	 * Returns whether ticks do nothing until bytes come or the protocol is upgraded.
	 * @return {@code false} while something is agreed on
	 */
	default boolean isAtRest() {
		return false;
	}

	/**
	 * Reads what is there.
	 * @param bytes where to put it
	 * @return how many bytes it were; negative when the peer has ended its side
	 * @throws IOException when the connection is broken
	 */
	int read(ByteBuffer bytes) throws IOException;

	/**
	 * Writes as much as is taken now.
	 * @param bytes what to write
	 * @return how many bytes were taken
	 * @throws IOException when the connection is broken
	 */
	int write(ByteBuffer bytes) throws IOException;

	/**
	 * As {@link #write(ByteBuffer)}, for what nobody waits to know the end of: bytes that
	 * were taken may leave a little later, see {@link #sendHeld()}.
	 * @param bytes what to write
	 * @return how many bytes were taken
	 * @throws IOException when the connection is broken
	 */
	default int writeBatched(ByteBuffer bytes) throws IOException {
		return write(bytes);
	}

	/**
	 * Sends what was taken and is kept back, as far as the socket takes it now. When it
	 * could not be sent otherwise, the socket is told to be ready to be written to.
	 * @return how many bytes are left
	 * @throws IOException when the connection is broken
	 */
	default int sendHeld() throws IOException {
		return 0;
	}

	/**
	 * Writes as much as is taken now of several buffers, in their order.
	 * @param bytes what to write
	 * @return how many bytes were taken
	 * @throws IOException when the connection is broken
	 */
	long write(ByteBuffer[] bytes) throws IOException;

	/**
	 * Tells the peer that nothing more will be written.
	 * @throws IOException when the connection is broken
	 */
	void finishOutput() throws IOException;

	/**
	 * Tells the peer that nothing more will be written, while reading goes on.
	 * @throws IOException when the connection is broken
	 */
	default void endOutput() throws IOException {
		finishOutput();
	}

	/** Closes at once. */
	void close();

	/** Closes when everything was written, and the peer has ended its side. */
	default void closeInOrder() {
		close();
	}

	/**
	 * Returns whether it was not closed.
	 * @return whether the socket is there
	 */
	boolean isOpen();

	/**
	 * Returns whether it was connected.
	 * @return {@code false} before connecting has succeeded
	 */
	boolean isConnected();

	/**
	 * Returns whether input waits that the socket will not tell of.
	 * @return whether to read again although the socket has nothing
	 */
	default boolean hasBufferedInput() {
		return false;
	}

	/**
	 * Returns whether reading waits for the socket to take bytes of the transport itself.
	 * @return whether to read again when the socket can be written to
	 */
	default boolean wantsToWrite() {
		return false;
	}

	/**
	 * Returns whether {@link #prepare()} waits for something else than the peer.
	 * @return whether there is nothing to do until it asks to {@linkplain #READ_AGAIN go
	 * on}
	 */
	default boolean isBusy() {
		return false;
	}

	/**
	 * Returns whether the peer's side has ended without its having said so.
	 * @return whether something may be missing
	 */
	default boolean isTruncated() {
		return false;
	}

	/**
	 * Returns how much memory it keeps that counts into the budget.
	 * @return the number of bytes
	 */
	default long heldBytes() {
		return 0;
	}

	/**
	 * Returns the socket.
	 * @return the socket as the classic API sees it; one that is only to be asked about
	 * when it is a Unix domain socket
	 */
	Socket socket();

}
