package dev.sockets.runtime.tcp;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.framing.FrameOutput;
import dev.sockets.loop.stream.SendCallback;
import dev.sockets.runtime.AwaitedAnswer;

/**
 * Decides when the messages of a connection leave that may leave one at a time only. Open
 * to all threads.
 */
interface SendLine {

	/** Returns where they wait. */
	SendQueue queue();

	/** Sends the next message if its turn has come. */
	void sendNext();

	/**
	 * Does something when nothing waits.
	 * @param action what to do, on any thread
	 */
	void whenDrained(Runnable action);

	/**
	 * Sends a message when its turn has come, if there is room for it to wait.
	 * @param frame the message
	 * @param callback told how that has ended, perhaps at once
	 * @return why it has failed already; {@code null} when it has not
	 */
	default @Nullable Throwable offer(ByteBuffer frame, SendCallback callback) {
		Throwable noRoom = queue().makeRoom(frame.remaining());
		if (noRoom != null) {
			callback.ended(noRoom);
			return noRoom;
		}
		queue().add(frame, callback);
		sendNext();
		return null;
	}

	/**
	 * Sends a message when its turn has come, and waits for its end if the calling thread
	 * may, and handles none of the peer's.
	 * @param connection the connection
	 * @param payload what to send; {@code Optional.empty()} in place of null
	 * @throws SocketOperationException when it was not sent, or has not arrived
	 */
	default void send(DefaultConnection connection, Object payload) {
		boolean waits = !connection.channel().caller().isCollected() && connection.channel().mayAwaitInput();
		FrameOutput frame = connection.writer().encode(payload, null);
		ByteBuffer bytes = ByteBuffer.wrap(frame.array(), 0, frame.size());
		CompletableFuture<Void> result = new AwaitedAnswer<>(connection.channel()::letAwaitInput);
		SendCallback callback = connection.writer().promised(payload, result);
		if (waits) {
			queue().add(bytes, callback);
			sendNext();
			await(connection, result);
		}
		else if (offer(bytes, callback) instanceof SocketOperationException failure) {
			throw failure;
		}
	}

	/**
	 * Sends a message when its turn has come, without waiting.
	 * @param connection the connection
	 * @param payload what to send
	 * @param frame the same, encoded
	 * @return completed when it has arrived, as far as that can be known; failed when it
	 * has not
	 */
	default CompletableFuture<Void> sendAsync(DefaultConnection connection, Object payload, FrameOutput frame) {
		CompletableFuture<Void> result = new AwaitedAnswer<>(connection.channel()::letAwaitInput);
		offer(ByteBuffer.wrap(frame.array(), 0, frame.size()), connection.writer().promised(payload, result));
		return result;
	}

	private static void await(DefaultConnection connection, CompletableFuture<Void> result) {
		try {
			result.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SocketOperationException(SocketErrorCode.NOT_ACKNOWLEDGED,
					"The thread was interrupted while a message waited to arrive on " + connection, ex);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof SocketOperationException failure) {
				throw new SocketOperationException(failure.getCode(), String.valueOf(failure.getMessage()), failure);
			}
			throw new SocketOperationException(SocketErrorCode.NOT_CONNECTED, connection + " is closed", ex.getCause());
		}
	}

}
