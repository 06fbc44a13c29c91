package dev.sockets;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Something that went wrong on an endpoint.
 *
 * @param time when it was seen
 * @param code what kind of failure it was
 * @param message what failed
 * @param cause what led to it; {@code null} when the endpoint itself found the fault. Of
 * an exception that may hold more than short texts there are only its text, cut, and
 * those of its causes
 */
public record Failure(Instant time, SocketErrorCode code, String message, @Nullable Throwable cause) {

	/** What the cause says may quote a peer. */
	@Override
	public String toString() {
		return this.time + " " + this.code + ": " + this.message
				+ ((this.cause != null) ? " (" + FailureText.of(this.cause) + ")" : "");
	}

}
