package dev.sockets.runtime.multicast;

import java.util.List;

import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.MulticastReceiverSettings;

/**
 * A receiver with groups.
 */
final class DefaultMulticastReceiver implements MulticastReceiver, DatagramReceivingEndpoint {

	private final DatagramReceiver receiver;

	DefaultMulticastReceiver(MulticastReceiverSettings settings, MulticastRuntime runtime) {
		this.receiver = new DatagramReceiver(this, settings, runtime);
	}

	@Override
	public DatagramReceiver receiver() {
		return this.receiver;
	}

	@Override
	public void join(String... groups) {
		this.receiver.join(groups);
	}

	@Override
	public void leave(String... groups) {
		this.receiver.leave(groups);
	}

	@Override
	public List<String> getGroups() {
		return this.receiver.groups().texts();
	}

	@Override
	public String toString() {
		return core().toString();
	}

}
