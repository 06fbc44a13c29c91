package dev.sockets.runtime.tcp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.sockets.event.RejectionReason;

/**
 * Counts a server's connections and decides whether one more may come. Only the acceptor
 * admits, so the limits are exact.
 */
final class ConnectionLimits {

	private static final int NETWORK_BYTES = 8;

	private final @Nullable Integer maxPerAddress;

	private final Map<InetAddress, Integer> perAddress = new HashMap<>();

	private int admitted;

	private int max;

	private boolean paused;

	ConnectionLimits(int max, @Nullable Integer maxPerAddress) {
		this.max = max;
		this.maxPerAddress = maxPerAddress;
	}

	synchronized void max(int max) {
		this.max = max;
	}

	synchronized int max() {
		return this.max;
	}

	synchronized void paused(boolean paused) {
		this.paused = paused;
	}

	synchronized boolean isPaused() {
		return this.paused;
	}

	/**
	 * Returns whether any connection could be admitted now.
	 * @return whether there is room
	 */
	synchronized boolean hasRoom() {
		return !this.paused && this.admitted < this.max;
	}

	/**
	 * Admits a connection.
	 * @param address the peer's address
	 * @return why it is not admitted; {@code null} when it is
	 */
	synchronized @Nullable RejectionReason admit(InetAddress address) {
		if (this.paused) {
			return RejectionReason.PAUSED;
		}
		if (this.admitted >= this.max) {
			return RejectionReason.FULL;
		}
		if (this.maxPerAddress != null) {
			InetAddress network = network(address);
			if (this.perAddress.getOrDefault(network, 0) >= this.maxPerAddress) {
				return RejectionReason.ADDRESS_LIMIT;
			}
			this.perAddress.merge(network, 1, Integer::sum);
		}
		this.admitted++;
		return null;
	}

	/**
	 * An admitted connection has gone.
	 * @param address the peer's address
	 */
	synchronized void leave(InetAddress address) {
		this.admitted--;
		if (this.maxPerAddress != null) {
			this.perAddress.computeIfPresent(network(address), (key, count) -> (count > 1) ? count - 1 : null);
		}
	}

	/**
	 * Whoever has an IPv6 address has all of its network of 64 bits, so that counts as
	 * one. Link-local addresses count each, as all peers of a link are in one network.
	 */
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
