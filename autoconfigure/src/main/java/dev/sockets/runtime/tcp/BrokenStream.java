package dev.sockets.runtime.tcp;

import dev.sockets.SocketErrorCode;
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
			hold.refuse(HandshakeFailures.strange(), 0);
			return;
		}
		try {
			MessageFault fault = FrameFailures.broken(connection.settings(), failure, bytes, start, end);
			reader.end(() -> reader.noMoreAnswers(SocketErrorCode.NOT_CONNECTED, fault.cause()));
			reader.delivery().fault(fault);
		}
		catch (Throwable ex) {
			connection.closingBecause(DisconnectReason.FRAME_ERROR, failure);
			connection.channel().abort();
		}
	}

}
