package dev.sockets.autoconfigure.properties;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A multicast sender.
 */
public class MulticastSenderProperties extends DatagramProperties {

	/**
	 * Address of the group to send to, IPv4 or IPv6. By default each call names one.
	 */
	private @Nullable String group;

	/**
	 * Port to send to. Required when there is a group.
	 */
	private @Nullable Integer port;

	/**
	 * Network interface to send on: its name or an address. By default the operating
	 * system chooses.
	 */
	private @Nullable String networkInterface;

	/**
	 * Networks that a datagram may reach: 0 for this machine only, 1 for this network,
	 * one more for each router.
	 */
	private int timeToLive = 1;

	/**
	 * Whether receivers on this machine get the datagrams too.
	 */
	private boolean loopback = true;

	/**
	 * Time that an asynchronous request waits for its answer.
	 */
	private Duration requestTimeout = Duration.ofSeconds(5);

	/**
	 * Most requests that may wait for an answer; each needs a socket and a thread.
	 */
	private int maxPendingRequests = 100;

	public @Nullable String getGroup() {
		return this.group;
	}

	public void setGroup(@Nullable String group) {
		this.group = group;
	}

	public @Nullable Integer getPort() {
		return this.port;
	}

	public void setPort(@Nullable Integer port) {
		this.port = port;
	}

	public @Nullable String getNetworkInterface() {
		return this.networkInterface;
	}

	public void setNetworkInterface(@Nullable String networkInterface) {
		this.networkInterface = networkInterface;
	}

	public int getTimeToLive() {
		return this.timeToLive;
	}

	public void setTimeToLive(int timeToLive) {
		this.timeToLive = timeToLive;
	}

	public boolean isLoopback() {
		return this.loopback;
	}

	public void setLoopback(boolean loopback) {
		this.loopback = loopback;
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
