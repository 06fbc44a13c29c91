package dev.sockets.autoconfigure.properties;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.sockets.tcp.AcknowledgeAfter;

/**
 * The acknowledgement of each message, by both sides.
 */
public class AcknowledgeProperties {

	/**
	 * Bytes that say that a message was received. Without them messages are not
	 * acknowledged.
	 */
	private @Nullable String ack;

	/**
	 * Bytes that say that a message is to be repeated. By default none are sent, and only
	 * what is not acknowledged in time is repeated.
	 */
	private @Nullable String nak;

	/**
	 * Time that the acknowledgement of a message may take.
	 */
	private Duration timeout = Duration.ofSeconds(5);

	/**
	 * Number of times that a message is repeated before it has failed.
	 */
	private int retries = 3;

	/**
	 * Time at which a received message is acknowledged.
	 */
	private AcknowledgeAfter after = AcknowledgeAfter.RECEIVED;

	public @Nullable String getAck() {
		return this.ack;
	}

	public void setAck(@Nullable String ack) {
		this.ack = ack;
	}

	public @Nullable String getNak() {
		return this.nak;
	}

	public void setNak(@Nullable String nak) {
		this.nak = nak;
	}

	public Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(Duration timeout) {
		this.timeout = timeout;
	}

	public int getRetries() {
		return this.retries;
	}

	public void setRetries(int retries) {
		this.retries = retries;
	}

	public AcknowledgeAfter getAfter() {
		return this.after;
	}

	public void setAfter(AcknowledgeAfter after) {
		this.after = after;
	}

}
