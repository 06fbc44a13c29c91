package dev.sockets.runtime.tcp.server;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongUnaryOperator;

import org.jspecify.annotations.Nullable;

import dev.sockets.event.RejectionReason;
import dev.sockets.runtime.tcp.PeerNetwork;
import dev.sockets.tcp.AccessSettings;
import dev.sockets.tcp.Ban;
import dev.sockets.tcp.BanRule;
import dev.sockets.tcp.Rate;

/**
 * Decides by its address whether a peer may connect to a server now. Open to all threads.
 */
final class AddressGate {

	/** Who authenticates wrongly so often is banned where no rule is set. */
	private static final BanRule STRANGERS = new BanRule(20, Duration.ofSeconds(10));

	private final AddressSet allow;

	private final AddressSet deny;

	private final @Nullable PeerRates rates;

	private final LongUnaryOperator credit;

	private final Bans bans;

	/** Whether all peers have one address, so that nobody may be banned for another. */
	private final boolean shared;

	/** Whether those who authenticate wrongly are the only ones who are banned. */
	private final boolean onlyStrangers;

	/**
	 * Creates a gate.
	 * @param settings who may come, and how often
	 * @param shared whether all peers have one address
	 * @param clock tells the end of a ban to people
	 * @param credit says how long ago, in nanoseconds, what comes at some time may have
	 * been begun, as this side was held up
	 */
	AddressGate(AccessSettings settings, boolean shared, Clock clock, LongUnaryOperator credit) {
		this.shared = shared;
		this.credit = credit;
		this.allow = new AddressSet(settings.allow());
		this.deny = new AddressSet(settings.deny());
		Rate rate = settings.connectRate();
		this.rates = (rate != null) ? new PeerRates(rate) : null;
		BanRule ban = settings.ban();
		this.bans = new Bans((ban != null) ? ban : STRANGERS, System::nanoTime, clock);
		this.onlyStrangers = ban == null;
	}

	/**
	 * Counts a connection, unless it may not be begun anyway.
	 * @param address its peer's address
	 * @return why it may not be begun; {@code null} when it may
	 */
	@Nullable RejectionReason admit(InetAddress address) {
		if (this.deny.contains(address) || (!this.allow.isEmpty() && !this.allow.contains(address))) {
			return RejectionReason.DENIED;
		}
		if (isBanned(address)) {
			return RejectionReason.BANNED;
		}
		return (this.rates == null || isInRate(this.rates, address)) ? null : RejectionReason.CONNECT_RATE;
	}

	private boolean isInRate(PeerRates rates, InetAddress address) {
		long now = System.nanoTime();
		return rates.admit(PeerNetwork.first(address), now, now - this.credit.applyAsLong(now));
	}

	/**
	 * Returns whether a peer may not begin connections now, nor end what it has to do
	 * before it is let in.
	 * @param address its address
	 */
	boolean isBanned(InetAddress address) {
		return this.bans.isBanned(address);
	}

	/**
	 * A peer has done wrong, which counts where a rule is set.
	 * @param address its address
	 * @return the ban that it gets for it; {@code null} for none
	 */
	@Nullable Ban offended(InetAddress address) {
		return this.onlyStrangers ? null : wrong(address);
	}

	/**
	 * A peer has shown that it does not belong here, which always counts.
	 * @param address its address
	 * @return the ban that it gets for it; {@code null} for none
	 */
	@Nullable Ban wrong(InetAddress address) {
		return this.shared ? null : this.bans.offended(address);
	}

	List<Ban> bans() {
		return this.bans.all();
	}

	int banned() {
		return this.bans.size();
	}

	boolean lift(InetAddress address) {
		return this.bans.lift(address);
	}

}
