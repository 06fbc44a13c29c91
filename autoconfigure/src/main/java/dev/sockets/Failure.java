package dev.sockets;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Something that went wrong on an endpoint.
 *
 * @param time when it was seen
 * @param code what kind of failure it was
 * @param message what failed
 * @param cause what led to it; {@code null} when the endpoint itself found the fault
 */
public record Failure(Instant time, SocketErrorCode code, String message, @Nullable Throwable cause) {

	/** What the cause says may quote a peer. */
	@Override
	public String toString() {
		return this.time + " " + this.code + ": " + this.message
				+ ((this.cause != null) ? " (" + FailureText.of(this.cause) + ")" : "");
	}

}
