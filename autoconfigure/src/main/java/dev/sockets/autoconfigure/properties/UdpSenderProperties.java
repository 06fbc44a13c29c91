package dev.sockets.autoconfigure.properties;

import org.jspecify.annotations.Nullable;

/**
 * A UDP sender.
 */
public class UdpSenderProperties extends DatagramSenderProperties {

	/**
	 * Address or name of the host to send to, or a broadcast address. By default each
	 * call names one.
	 */
	private @Nullable String host;

	/**
	 * Whether it may send to broadcast addresses; requests may then be answered by others
	 * than whom they were sent to.
	 */
	private boolean broadcast;

	/**
	 * Address of this machine to send from, and so the network that 255.255.255.255
	 * means. By default the operating system chooses.
	 */
	private @Nullable String localAddress;

	public @Nullable String getHost() {
		return this.host;
	}

	public void setHost(@Nullable String host) {
		this.host = host;
	}

	public boolean isBroadcast() {
		return this.broadcast;
	}

	public void setBroadcast(boolean broadcast) {
		this.broadcast = broadcast;
	}

	public @Nullable String getLocalAddress() {
		return this.localAddress;
	}

	public void setLocalAddress(@Nullable String localAddress) {
		this.localAddress = localAddress;
	}

}
