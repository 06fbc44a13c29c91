package dev.sockets.runtime.multicast;

import dev.sockets.multicast.MulticastReceiverSettings;

/**
 * A receiver without groups.
 */
final class DefaultUdpReceiver implements DatagramReceivingEndpoint {

	private final DatagramReceiver receiver;

	DefaultUdpReceiver(MulticastReceiverSettings settings, MulticastRuntime runtime) {
		this.receiver = new DatagramReceiver(this, settings, runtime);
	}

	@Override
	public DatagramReceiver receiver() {
		return this.receiver;
	}

	@Override
	public String toString() {
		return core().toString();
	}

}
