package dev.sockets.autoconfigure.properties;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Messages that keep a connection alive and show that the peer is.
 */
public class HeartbeatProperties {

	/**
	 * Time without a sent message after which a heartbeat is sent; without it there is
	 * none.
	 */
	private @Nullable Duration interval;

	/**
	 * Time over the interval that the peer may be silent before it is disconnected. By
	 * default as long as the interval.
	 */
	private @Nullable Duration timeout;

	/**
	 * Text of a heartbeat, encoded by the charset; such a message is not delivered when
	 * it is received.
	 */
	private String message = "";

	/**
	 * Text sent for each heartbeat that is received: echo for the same, none for nothing,
	 * or any other, encoded by the charset.
	 */
	private String answer = "none";

	public @Nullable Duration getInterval() {
		return this.interval;
	}

	public void setInterval(@Nullable Duration interval) {
		this.interval = interval;
	}

	public @Nullable Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(@Nullable Duration timeout) {
		this.timeout = timeout;
	}

	public String getMessage() {
		return this.message;
	}

	public void setMessage(String message) {
		this.message = message;
	}

	public String getAnswer() {
		return this.answer;
	}

	public void setAnswer(String answer) {
		this.answer = answer;
	}

}
