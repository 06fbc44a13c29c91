package dev.sockets.runtime.tcp.server;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

import dev.sockets.runtime.tcp.PeerNetwork;

/**
 * How many connections of a server come from where. Guarded by the
 * {@link ConnectionLimits}.
 */
final class AddressCounts {

	private final int max;

	private final Map<InetAddress, Integer> counts = new HashMap<>();

	AddressCounts(int max) {
		this.max = max;
	}

	/**
	 * Counts one more, unless there are as many as may be.
	 * @param address where it comes from
	 * @return whether it was counted
	 */
	boolean add(InetAddress address) {
		InetAddress network = PeerNetwork.first(address);
		if (this.counts.getOrDefault(network, 0) >= this.max) {
			return false;
		}
		this.counts.merge(network, 1, Integer::sum);
		return true;
	}

	void clear() {
		this.counts.clear();
	}

	void remove(InetAddress address) {
		this.counts.computeIfPresent(PeerNetwork.first(address), (key, count) -> (count > 1) ? count - 1 : null);
	}

}
