package dev.sockets.autoconfigure.properties;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;

import dev.sockets.tcp.OnExcess;
import dev.sockets.tcp.ProxyProtocol;

/**
 * From where peers of a TCP server may come, and how often and how much they may send.
 */
public abstract class TcpAccessProperties extends TcpConnectionProperties {

	/**
	 * Addresses and networks (CIDR) from which peers may come. By default all.
	 */
	private @Nullable List<String> allow;

	/**
	 * Addresses and networks (CIDR) from which peers may not come, even if they are
	 * allowed. By default none.
	 */
	private @Nullable List<String> deny;

	/**
	 * Connections that an address, or an IPv6 network of 64 bits, may begin in a time,
	 * such as 10/s or 100/m. By default any number.
	 */
	private @Nullable String connectRate;

	@NestedConfigurationProperty
	private final Ban ban = new Ban();

	@NestedConfigurationProperty
	private final Inbound inbound = new Inbound();

	/**
	 * Whether proxies in front of the server tell whom a connection is from by a header
	 * of the PROXY protocol, version 1 or 2.
	 */
	private ProxyProtocol proxyProtocol = ProxyProtocol.NONE;

	/**
	 * Addresses and networks (CIDR) of the proxies; headers of others are not believed.
	 */
	private @Nullable List<String> proxyProtocolFrom;

	/**
	 * Time from connecting to the end of the header of the PROXY protocol.
	 */
	private Duration proxyProtocolTimeout = Duration.ofSeconds(5);

	public @Nullable List<String> getAllow() {
		return this.allow;
	}

	public void setAllow(@Nullable List<String> allow) {
		this.allow = allow;
	}

	public @Nullable List<String> getDeny() {
		return this.deny;
	}

	public void setDeny(@Nullable List<String> deny) {
		this.deny = deny;
	}

	public @Nullable String getConnectRate() {
		return this.connectRate;
	}

	public void setConnectRate(@Nullable String connectRate) {
		this.connectRate = connectRate;
	}

	public Ban getBan() {
		return this.ban;
	}

	public Inbound getInbound() {
		return this.inbound;
	}

	public ProxyProtocol getProxyProtocol() {
		return this.proxyProtocol;
	}

	public void setProxyProtocol(ProxyProtocol proxyProtocol) {
		this.proxyProtocol = proxyProtocol;
	}

	public @Nullable List<String> getProxyProtocolFrom() {
		return this.proxyProtocolFrom;
	}

	public void setProxyProtocolFrom(@Nullable List<String> proxyProtocolFrom) {
		this.proxyProtocolFrom = proxyProtocolFrom;
	}

	public Duration getProxyProtocolTimeout() {
		return this.proxyProtocolTimeout;
	}

	public void setProxyProtocolTimeout(Duration proxyProtocolTimeout) {
		this.proxyProtocolTimeout = proxyProtocolTimeout;
	}

	/**
	 * When an address is kept out for a while.
	 */
	public static class Ban {

		/**
		 * Offences after which an address, or an IPv6 network of 64 bits, is banned:
		 * failed authentications, bytes that are no message, and too many messages where
		 * that closes the connection. By default only 20 wrong passwords, for 10s.
		 */
		private @Nullable Integer after;

		/**
		 * Time that an address is banned for, and within which of one another offences
		 * count together.
		 */
		private Duration duration = Duration.ofMinutes(10);

		public @Nullable Integer getAfter() {
			return this.after;
		}

		public void setAfter(@Nullable Integer after) {
			this.after = after;
		}

		public Duration getFor() {
			return this.duration;
		}

		public void setFor(Duration duration) {
			this.duration = duration;
		}

	}

	/**
	 * What comes in over one connection.
	 */
	public static class Inbound {

		/**
		 * Messages or bytes that may come over a connection in a time, such as 100/s or
		 * 1MB/s. By default any number.
		 */
		private @Nullable String rate;

		/**
		 * Fate of a connection over which more comes.
		 */
		private OnExcess onExcess = OnExcess.DELAY;

		public @Nullable String getRate() {
			return this.rate;
		}

		public void setRate(@Nullable String rate) {
			this.rate = rate;
		}

		public OnExcess getOnExcess() {
			return this.onExcess;
		}

		public void setOnExcess(OnExcess onExcess) {
			this.onExcess = onExcess;
		}

	}

}
