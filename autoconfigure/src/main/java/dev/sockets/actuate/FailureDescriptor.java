package dev.sockets.actuate;

import java.time.Instant;

import dev.sockets.Failure;
import dev.sockets.SocketErrorCode;
import dev.sockets.runtime.CutFailure;

/**
 * A failure of an endpoint.
 *
 * @param time when it was seen
 * @param code what kind of failure it was
 * @param message what failed
 */
public record FailureDescriptor(Instant time, SocketErrorCode code, String message) {

	static FailureDescriptor of(Failure failure) {
		return new FailureDescriptor(failure.time(), failure.code(), failure.message());
	}

	/**
	 * Describes a failure to those who are only to know how the application is: without
	 * what a peer has sent, which a message may quote.
	 */
	static FailureDescriptor inHealth(Failure failure) {
		return quotesPeer(failure.code()) ? new FailureDescriptor(failure.time(), failure.code(), withoutText(failure))
				: of(failure);
	}

	private static boolean quotesPeer(SocketErrorCode code) {
		return switch (code) {
			case FRAME_TOO_LARGE, MALFORMED_FRAME, INCOMPLETE_FRAME, CHECKSUM, CODEC_FAILED, HANDLER_FAILED,
					REMOTE_ERROR, UNKNOWN_OPCODE, REPLY_DROPPED ->
				true;
			default -> false;
		};
	}

	private static String withoutText(Failure failure) {
		Throwable cause = failure.cause();
		String what = (failure.code() == SocketErrorCode.HANDLER_FAILED) ? "A message could not be handled"
				: "A message could not be read or sent";
		return (cause != null) ? what + ": " + CutFailure.type(cause) : what;
	}

}
