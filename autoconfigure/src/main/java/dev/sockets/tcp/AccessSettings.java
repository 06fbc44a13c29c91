package dev.sockets.tcp;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.sockets.InvalidSettingException;

/**
 * From where peers of a server may come, and how often and how much they may send.
 *
 * @param allow from where; empty for anywhere
 * @param deny from where not, even if allowed
 * @param connectRate how many connections an address may begin in a time; {@code null}
 * for any number
 * @param ban when an address is kept out for a while; {@code null} for 10 s after 20
 * times that it has not authenticated, and else never
 * @param inbound how much each connection may send; {@code null} for any amount
 * @param proxy the proxies in front of the server; {@code null} for none
 */
public record AccessSettings(List<AddressRange> allow, List<AddressRange> deny, @Nullable Rate connectRate,
		@Nullable BanRule ban, @Nullable InboundLimit inbound, @Nullable ProxySettings proxy) {

	/** Peers may come from anywhere, and send what they like. */
	public static final AccessSettings OPEN = new Builder().build();

	private static final Duration LONGEST_BAN = Duration.ofDays(30);

	public AccessSettings {
		allow = List.copyOf(allow);
		deny = List.copyOf(deny);
	}

	void check(String path) {
		if (this.connectRate != null && this.connectRate.bytes()) {
			throw new InvalidSettingException(path + ".connect-rate", this.connectRate,
					"a number of connections in a time, such as 10/s or 100/m");
		}
		if (this.ban != null) {
			if (this.ban.after() < 1) {
				throw new InvalidSettingException(path + ".ban.after", this.ban.after(), "at least 1");
			}
			Duration duration = this.ban.duration();
			if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST_BAN) > 0) {
				throw new InvalidSettingException(path + ".ban.for", duration, "a positive duration of at most 30d");
			}
		}
		if (this.proxy != null) {
			checkProxy(path, this.proxy);
		}
	}

	private static void checkProxy(String path, ProxySettings proxy) {
		if (proxy.from().isEmpty()) {
			throw new InvalidSettingException(path + ".proxy-protocol-from", null,
					"the addresses of the proxies, as whoever is believed can say that he is anybody");
		}
		if (proxy.timeout().isNegative() || proxy.timeout().isZero()) {
			throw new InvalidSettingException(path + ".proxy-protocol-timeout", proxy.timeout(), "a positive duration");
		}
	}

	/**
	 * Collects the settings; at first there are no limits.
	 */
	public static final class Builder {

		private List<AddressRange> allow = List.of();

		private List<AddressRange> deny = List.of();

		private @Nullable Rate connectRate;

		private @Nullable BanRule ban;

		private @Nullable InboundLimit inbound;

		private @Nullable ProxySettings proxy;

		Builder() {
		}

		/**
		 * Sets from where peers may come; anywhere when it isn't set.
		 * @param ranges the addresses; empty for all
		 * @return this builder
		 */
		public Builder allow(List<AddressRange> ranges) {
			this.allow = ranges;
			return this;
		}

		/**
		 * Sets from where peers may not come, even if allowed; nowhere when it isn't set.
		 * @param ranges the addresses
		 * @return this builder
		 */
		public Builder deny(List<AddressRange> ranges) {
			this.deny = ranges;
			return this;
		}

		/**
		 * Sets how many connections an address, or an IPv6 network of 64 bits, may begin
		 * in a time; any number when it isn't set.
		 * @param rate the rate; {@code null} for any
		 * @return this builder
		 */
		public Builder connectRate(@Nullable Rate rate) {
			this.connectRate = rate;
			return this;
		}

		/**
		 * Sets when an address, or an IPv6 network of 64 bits, is kept out for a while;
		 * for 10 s after 20 times that it has not authenticated when it isn't set, and
		 * else never.
		 * @param rule the rule; {@code null} for that
		 * @return this builder
		 */
		public Builder ban(@Nullable BanRule rule) {
			this.ban = rule;
			return this;
		}

		/**
		 * Sets how much each connection may send; any amount when it isn't set.
		 * @param limit the limit; {@code null} for none
		 * @return this builder
		 */
		public Builder inbound(@Nullable InboundLimit limit) {
			this.inbound = limit;
			return this;
		}

		/**
		 * Sets which proxies tell whom a connection is from; none when it isn't set.
		 * @param settings the proxies; {@code null} for none
		 * @return this builder
		 */
		public Builder proxy(@Nullable ProxySettings settings) {
			this.proxy = settings;
			return this;
		}

		AccessSettings build() {
			return new AccessSettings(this.allow, this.deny, this.connectRate, this.ban, this.inbound, this.proxy);
		}

	}

}
