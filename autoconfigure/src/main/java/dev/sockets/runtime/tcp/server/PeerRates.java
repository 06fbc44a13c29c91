package dev.sockets.runtime.tcp.server;

import java.net.InetAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.sockets.runtime.tcp.RateLimit;
import dev.sockets.tcp.Rate;

/**
 * How often each address has begun a connection lately. Remembers so many addresses and
 * no more: those whose connections are longest ago are forgotten first. Open to all
 * threads.
 */
final class PeerRates {

	/** Addresses that are remembered. */
	static final int MOST = 10_000;

	private static final int LOOKED_AT = 2;

	private final RateLimit limit;

	/** Until when the connections of an address are paid for, the oldest use first. */
	private final Map<InetAddress, Long> paid = new LinkedHashMap<>(16, 0.75f, true);

	PeerRates(Rate rate) {
		this.limit = new RateLimit(rate);
	}

	/**
	 * Counts a connection.
	 * @param peer what counts as one address
	 * @param now the time in nanoseconds
	 * @param sent the earliest time at which it may have been begun: now, unless this
	 * side was held up
	 * @return whether it may be begun
	 */
	synchronized boolean admit(InetAddress peer, long now, long sent) {
		forget(sent);
		long paid = this.paid.getOrDefault(peer, sent);
		if (!this.limit.admits(paid, now)) {
			return false;
		}
		this.paid.put(peer, this.limit.pay(paid, sent, 1));
		return true;
	}

	/** A few at a time, so that no connection pays for all. */
	private void forget(long now) {
		Iterator<Long> oldest = this.paid.values().iterator();
		for (int i = 0; i < LOOKED_AT && oldest.hasNext(); i++) {
			if (!this.limit.isOver(oldest.next(), now) && this.paid.size() < MOST) {
				return;
			}
			oldest.remove();
		}
	}

	synchronized int size() {
		return this.paid.size();
	}

}
