package dev.sockets.runtime.multicast;

import dev.sockets.multicast.MulticastSenderSettings;

/**
 * A sender to hosts, or to all of a network.
 */
final class DefaultUdpSender implements SendingEndpoint {

	private final DatagramSender sender;

	DefaultUdpSender(MulticastSenderSettings settings, MulticastRuntime runtime) {
		this.sender = new DatagramSender(this, settings, runtime);
	}

	@Override
	public DatagramSender sender() {
		return this.sender;
	}

	@Override
	public String toString() {
		return core().toString();
	}

}
