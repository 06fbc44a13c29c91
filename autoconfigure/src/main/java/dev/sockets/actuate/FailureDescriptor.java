package dev.sockets.actuate;

import java.time.Instant;

import dev.sockets.Failure;
import dev.sockets.SocketErrorCode;

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

}
