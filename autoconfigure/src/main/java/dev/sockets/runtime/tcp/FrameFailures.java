package dev.sockets.runtime.tcp;

import java.util.List;
import java.util.Optional;

import dev.sockets.FailureText;
import dev.sockets.FirstBytes;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.DisconnectReason;
import dev.sockets.framing.FrameHints;
import dev.sockets.tcp.ConnectionSettings;

/**
 * Words what is wrong with bytes in which no message was found, and what to change.
 */
final class FrameFailures {

	private FrameFailures() {
	}

	/**
	 * Says that bytes are no frame, and that nothing behind them can be told apart.
	 * @param settings have the framing
	 * @param failure what the framing has thrown
	 * @param bytes hold them
	 * @param start where they begin
	 * @param end where they end
	 * @return the fault
	 */
	static MessageFault broken(ConnectionSettings settings, Throwable failure, byte[] bytes, int start, int end) {
		String firstBytes = FirstBytes.of(bytes, start, end - start);
		SocketOperationException cause = (failure instanceof SocketOperationException known) ? known
				: new SocketOperationException(SocketErrorCode.MALFORMED_FRAME,
						"The framing of '" + settings.path() + "' failed on bytes that start with " + firstBytes,
						failure);
		SocketOperationException hinted = FrameHints.of(settings.framing(), bytes, start, end)
			.map((hint) -> new SocketOperationException(cause.getCode(), FailureText.message(cause) + "; " + hint,
					cause.getCause()))
			.orElse(cause);
		return new MessageFault(hinted, firstBytes, true, false, (cause.getCode() == SocketErrorCode.FRAME_TOO_LARGE)
				? UndecodedHl7.headOfBegun(settings, bytes, start, end) : List.of());
	}

	/**
	 * Says that a frame was begun and will not be finished.
	 * @param settings have the framing
	 * @param reason why the connection ends
	 * @param begun how the frame begins
	 * @return the fault
	 */
	static MessageFault incomplete(ConnectionSettings settings, DisconnectReason reason, byte[] begun) {
		String firstBytes = FirstBytes.of(begun, 0, begun.length);
		String when = switch (reason) {
			case FRAME_TIMEOUT ->
				"within " + settings.path() + ".frame-timeout=" + settings.timeouts().frame().toMillis() + "ms";
			case TRUNCATED -> "when the peer ended the connection";
			default -> "when the connection was closed (" + reason + ")";
		};
		String hint = FrameHints.of(settings.framing(), begun, 0, begun.length).map("; "::concat).orElse("");
		return new MessageFault(
				new SocketOperationException(SocketErrorCode.INCOMPLETE_FRAME, "The framing of '" + settings.path()
						+ "' found no end of a message that starts with " + firstBytes + " " + when + hint),
				firstBytes, true);
	}

	/**
	 * Says that no message has begun in what was received.
	 * @param settings have the framing
	 * @param first how it begins
	 * @return the fault
	 */
	static MessageFault skipped(ConnectionSettings settings, byte[] first) {
		String firstBytes = FirstBytes.of(first, 0, first.length);
		String hint = FrameHints.of(settings.framing(), first, 0, first.length).map("; "::concat).orElse("");
		return new MessageFault(new SocketOperationException(SocketErrorCode.MALFORMED_FRAME,
				"The framing of '" + settings.path() + "' (" + settings.framing()
						+ ") has skipped all bytes, as no message begins in them; they start with " + firstBytes
						+ hint),
				firstBytes, true);
	}

	/**
	 * Returns what to add to a failure of a codec when its frame is of another protocol.
	 * @param bytes hold the frame
	 * @param start where it begins
	 * @param end where it ends
	 * @return a text, mostly empty
	 */
	static String ofProtocol(byte[] bytes, int start, int end) {
		Optional<String> hint = FrameHints.ofProtocol(bytes, start, end);
		return hint.map("; "::concat).orElse("");
	}

}
