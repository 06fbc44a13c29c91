package dev.sockets.runtime.tcp;

import dev.sockets.FirstBytes;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.DisconnectReason;

/**
 * The end of a connection what comes over which cannot be told apart any more. Called by
 * the reading thread.
 */
final class BrokenStream {

	private BrokenStream() {
	}

	/**
	 * Closes the connection when the messages before the fault are handled; at once when
	 * not even the fault can be told.
	 * @param connection the connection
	 * @param failure what is wrong
	 * @param bytes hold what was received
	 * @param start where it cannot be told apart
	 * @param end where it ends
	 */
	static void end(DefaultConnection connection, Throwable failure, byte[] bytes, int start, int end) {
		ConnectionReader reader = connection.reader();
		ConnectionHold hold = reader.hold();
		if (hold != null) {
			hold.refuse(ConnectionHold.strange(), 0);
			return;
		}
		try {
			String firstBytes = FirstBytes.of(bytes, start, end - start);
			SocketOperationException cause = (failure instanceof SocketOperationException known) ? known
					: FrameDecoder.malformed(connection.context().settings(), failure, firstBytes);
			reader.end(() -> reader.noMoreAnswers(SocketErrorCode.NOT_CONNECTED, cause));
			reader.delivery().fault(new MessageFault(cause, firstBytes, true));
		}
		catch (Throwable ex) {
			connection.closingBecause(DisconnectReason.FRAME_ERROR, failure);
			connection.channel().abort();
		}
	}

}
