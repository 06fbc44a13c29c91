package dev.sockets.runtime.multicast;

import dev.sockets.multicast.MulticastSender;
import dev.sockets.multicast.MulticastSenderSettings;

/**
 * A sender to groups.
 */
final class DefaultMulticastSender implements MulticastSender, SendingEndpoint {

	private final DatagramSender sender;

	DefaultMulticastSender(MulticastSenderSettings settings, MulticastRuntime runtime) {
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
