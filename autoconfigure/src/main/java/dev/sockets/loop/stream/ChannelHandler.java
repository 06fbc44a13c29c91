package dev.sockets.loop.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of a channel's bytes and states. Its event loop calls one method at a
 * time, in this order: {@link #opened} or {@link #connectFailed}; any number of
 * {@link #received} and {@link #resumed}; {@link #receivedLast} and {@link #inputEnded}
 * when nothing more is read; {@link #closed}; {@link #released}. The others come at any
 * time and on any thread.
 */
public interface ChannelHandler {

	/** The channel is open; bytes are read from now on. */
	default void opened() {
	}

	/**
	 * The channel could not be connected; nothing else follows.
	 * @param cause why
	 */
	default void connectFailed(IOException cause) {
	}

	/**
	 * Bytes have been received. Who handles them before it returns may have
	 * {@linkplain StreamChannel#collectReplies() the replies collected}.
	 * @param bytes holds the bytes; valid only during the call
	 * @param start index of the first one not consumed by an earlier call
	 * @param end index after the last one
	 * @return index of the first byte not consumed; it is there again in the next call,
	 * which comes when there are more bytes or reading was paused meanwhile
	 */
	int received(byte[] bytes, int start, int end);

	/**
	 * The peer has ended its side behind bytes that were not consumed;
	 * {@link #inputEnded} follows.
	 * @param bytes holds the bytes; valid only during the call
	 * @param start index of the first one
	 * @param end index after the last one
	 * @return index of the first byte not consumed even now
	 */
	default int receivedLast(byte[] bytes, int start, int end) {
		return start;
	}

	/**
	 * The peer has sent nothing for as long as {@link ChannelTimers#awaitSilence} said.
	 * @param bytes holds what was not consumed; valid only during the call
	 * @param start index of the first byte
	 * @param end index after the last one
	 * @return index of the first byte not consumed even now
	 */
	default int receivedBeforeSilence(byte[] bytes, int start, int end) {
		return start;
	}

	/**
	 * Reading may go on after a pause, or {@link StreamChannel#callBack} has asked for
	 * this call. If it goes on, what was received before the pause comes again next.
	 */
	default void resumed() {
	}

	/**
	 * Returns whether another thread may call this handler although the calling one is
	 * inside it, as that is about to wait for what is to be received.
	 * @param receiving whether it is inside {@link #received}
	 * @return whether {@link #leave} may be called
	 */
	default boolean mayLeave(boolean receiving) {
		return false;
	}

	/**
	 * From now on another thread calls this handler, beside the calling one that is still
	 * inside it, and is to do no more than it has begun there.
	 * @param receiving whether it is inside {@link #received}, whose result is not looked
	 * at then
	 * @return what it has not come to of what it has received; {@code null} when it is
	 * not inside that
	 */
	default @Nullable Unread leave(boolean receiving) {
		return null;
	}

	/**
	 * Nothing more will be received; the channel can still send until the handler closes
	 * it.
	 * @param end how the input has ended
	 */
	default void inputEnded(InputEnd end) {
	}

	/**
	 * The channel is about to be closed at once. Comes on any thread, some of which hold
	 * the lock on what is being written: calls no one back.
	 * @param reason why
	 * @param cause what has failed or was thrown, if anything was
	 */
	default void aborting(AbortReason reason, @Nullable Throwable cause) {
	}

	/** The channel was closed; only {@link #released} follows. */
	default void closed() {
	}

	/**
	 * The socket was given back: the peer has closed its side too, or was not waited for
	 * any longer.
	 */
	default void released() {
	}

	/**
	 * Reads here and there what {@link #received} is going to work with, as
	 * {@link dev.sockets.loop.Selectable#touch()} says.
	 * @return anything that depends on all that was read
	 */
	default long touch() {
		return 0;
	}

	/**
	 * Some time has passed; called about ten times a second while the channel is open.
	 * @param now the time, as {@link StreamChannel#nanos()}
	 */
	default void tick(long now) {
	}

	/**
	 * Returns whether no deadline of this handler ends within a second, unless the
	 * channel is {@linkplain ChannelTimers#stir() stirred} meanwhile. It is not ticked so
	 * long.
	 * @param now the time, as {@link StreamChannel#nanos()}
	 * @return {@code false} when it is to be ticked again soon
	 */
	default boolean isAtRest(long now) {
		return false;
	}

	/**
	 * A call of this handler has blocked so long that the event loop went on without it.
	 * Called by the watchdog.
	 */
	default void takenOver() {
	}

	/**
	 * Collected replies were not sent; whoever appended them was not told.
	 * @param frames how many
	 * @param failure what {@link #unsent} has explained
	 */
	default void repliesUnsent(int frames, Throwable failure) {
	}

	/**
	 * Returns whether {@link #transferred} is to be called for the read or write that
	 * comes next. Asked by the thread that is about to do it.
	 * @return whether the handler wants to see the bytes as they go over the wire
	 */
	default boolean watchesTraffic() {
		return false;
	}

	/**
	 * One read or write has moved bytes. Called while {@link #watchesTraffic} was true.
	 * @param received whether the peer has sent them
	 * @param bytes the bytes; valid only during the call
	 */
	default void transferred(boolean received, ByteBuffer bytes) {
	}

	/**
	 * Explains why bytes were not sent.
	 * @param reason what kept them from being sent
	 * @return the exception that their sender gets
	 */
	default Throwable unsent(UnsentReason reason) {
		return new ClosedChannelException();
	}

}
