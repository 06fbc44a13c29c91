package dev.sockets.autoconfigure.properties;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What senders have in common.
 */
public abstract class DatagramSenderProperties extends DatagramProperties {

	/**
	 * Port to send to. Required with a group or host.
	 */
	private @Nullable Integer port;

	/**
	 * Time that an asynchronous request waits for its answer.
	 */
	private Duration requestTimeout = Duration.ofSeconds(5);

	/**
	 * Most requests that may wait for an answer; each needs a socket and a thread.
	 */
	private int maxPendingRequests = 100;

	public @Nullable Integer getPort() {
		return this.port;
	}

	public void setPort(@Nullable Integer port) {
		this.port = port;
	}

	public Duration getRequestTimeout() {
		return this.requestTimeout;
	}

	public void setRequestTimeout(Duration requestTimeout) {
		this.requestTimeout = requestTimeout;
	}

	public int getMaxPendingRequests() {
		return this.maxPendingRequests;
	}

	public void setMaxPendingRequests(int maxPendingRequests) {
		this.maxPendingRequests = maxPendingRequests;
	}

}
