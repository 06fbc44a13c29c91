package dev.sockets.runtime.tcp.server;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import dev.sockets.runtime.tcp.PeerNetwork;
import dev.sockets.tcp.Ban;
import dev.sockets.tcp.BanRule;

/**
 * The addresses that a server takes no connections from for a while, and those that may
 * soon be among them. Remembers so many of each and no more: the ban that ends first ends
 * at once when one more is needed, and the oldest offence is forgotten. Open to all
 * threads.
 */
final class Bans {

	/** Bans, and addresses with offences, that are remembered. */
	static final int MOST = 10_000;

	private record Offences(int count, long last) {

	}

	private final BanRule rule;

	private final long duration;

	private final LongSupplier nanos;

	private final Clock clock;

	/** The oldest first. */
	private final Map<InetAddress, Offences> offences = new LinkedHashMap<>();

	/** When each ban ends, the first one first. */
	private final Map<InetAddress, Long> bans = new LinkedHashMap<>();

	/**
	 * Creates an empty list.
	 * @param rule when an address is banned
	 * @param nanos the time
	 * @param clock tells the end of a ban to people
	 */
	Bans(BanRule rule, LongSupplier nanos, Clock clock) {
		this.rule = rule;
		this.duration = rule.duration().toNanos();
		this.nanos = nanos;
		this.clock = clock;
	}

	synchronized boolean isBanned(InetAddress address) {
		end(this.nanos.getAsLong());
		return !this.bans.isEmpty() && this.bans.containsKey(PeerNetwork.first(address));
	}

	/**
	 * A peer has done wrong.
	 * @param address its address
	 * @return the ban, if it is banned for it; {@code null} when it is not, or was
	 * already
	 */
	synchronized @Nullable Ban offended(InetAddress address) {
		long now = this.nanos.getAsLong();
		end(now);
		InetAddress peer = PeerNetwork.first(address);
		if (this.bans.containsKey(peer)) {
			return null;
		}
		Offences before = this.offences.remove(peer);
		int count = (before != null && now - before.last() <= this.duration) ? before.count() + 1 : 1;
		if (count < this.rule.after()) {
			makeRoom(this.offences);
			this.offences.put(peer, new Offences(count, now));
			return null;
		}
		makeRoom(this.bans);
		this.bans.put(peer, now + this.duration);
		return ban(peer, this.duration);
	}

	/**
	 * Ends the ban of an address, and forgets its offences.
	 * @param address the address
	 * @return whether it was banned
	 */
	synchronized boolean lift(InetAddress address) {
		InetAddress peer = PeerNetwork.first(address);
		this.offences.remove(peer);
		return this.bans.remove(peer) != null;
	}

	synchronized List<Ban> all() {
		long now = this.nanos.getAsLong();
		end(now);
		List<Ban> all = new ArrayList<>();
		this.bans.forEach((peer, until) -> all.add(ban(peer, until - now)));
		return all;
	}

	synchronized int size() {
		end(this.nanos.getAsLong());
		return this.bans.size();
	}

	synchronized int remembered() {
		return this.offences.size();
	}

	private void end(long now) {
		Iterator<Long> ends = this.bans.values().iterator();
		while (ends.hasNext() && ends.next() - now <= 0) {
			ends.remove();
		}
	}

	private static void makeRoom(Map<InetAddress, ?> map) {
		if (map.size() >= MOST) {
			Iterator<?> oldest = map.values().iterator();
			oldest.next();
			oldest.remove();
		}
	}

	private Ban ban(InetAddress peer, long nanos) {
		Instant now = this.clock.instant();
		return new Ban(PeerNetwork.of(peer), now.plusNanos(nanos));
	}

}
