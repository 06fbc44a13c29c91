package dev.sockets.autoconfigure.properties;

import org.jspecify.annotations.Nullable;

/**
 * A multicast sender.
 */
public class MulticastSenderProperties extends DatagramSenderProperties {

	/**
	 * Address of the group to send to, IPv4 or IPv6. By default each call names one.
	 */
	private @Nullable String group;

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

	public @Nullable String getGroup() {
		return this.group;
	}

	public void setGroup(@Nullable String group) {
		this.group = group;
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

}
