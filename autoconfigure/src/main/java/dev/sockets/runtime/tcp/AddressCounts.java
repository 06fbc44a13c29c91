package dev.sockets.runtime.tcp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How many connections of a server come from where. Whoever has an IPv6 address has all
 * of its network of 64 bits, so that counts as one. Guarded by the
 * {@link ConnectionLimits}.
 */
final class AddressCounts {

	private static final int NETWORK_BYTES = 8;

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
		InetAddress network = network(address);
		if (this.counts.getOrDefault(network, 0) >= this.max) {
			return false;
		}
		this.counts.merge(network, 1, Integer::sum);
		return true;
	}

	void remove(InetAddress address) {
		this.counts.computeIfPresent(network(address), (key, count) -> (count > 1) ? count - 1 : null);
	}

	/** Link-local addresses count each, as all peers of a link are in one network. */
	private static InetAddress network(InetAddress address) {
		if (!(address instanceof Inet6Address) || address.isLinkLocalAddress() || address.isLoopbackAddress()) {
			return address;
		}
		byte[] bytes = address.getAddress();
		Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
		try {
			return InetAddress.getByAddress(bytes);
		}
		catch (UnknownHostException ex) {
			return address;
		}
	}

}
