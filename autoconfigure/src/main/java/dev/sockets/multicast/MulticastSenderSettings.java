package dev.sockets.multicast;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.sockets.EndpointKind;
import dev.sockets.InvalidSettingException;

/**
 * Everything a sender of datagrams needs to know, to multicast groups or to hosts. A
 * value that cannot work is refused with the property path it would have in the
 * configuration.
 *
 * @param kind whether it sends to groups: {@link EndpointKind#MULTICAST_SENDER}, or
 * {@link EndpointKind#UDP_SENDER}
 * @param name the sender's name
 * @param group address of the group to send to; {@code null} when each call names one
 * @param host address or name of the host to send to, or a broadcast address;
 * {@code null} when each call names one
 * @param port port to send to; {@code null} when each call names one
 * @param networkInterface name or address of the network interface to send on;
 * {@code null} for the one that the operating system chooses
 * @param timeToLive routers that a datagram may pass, and one more; 0 keeps it on this
 * machine
 * @param loopback whether receivers on this machine get the datagrams too
 * @param broadcast whether it may send to broadcast addresses
 * @param localAddress address of this machine to send from; {@code null} for the one that
 * the operating system chooses
 * @param requestTimeout how long a request waits for its answer
 * @param maxPendingRequests most requests that may wait for an answer
 * @param targetSource where the address to send to comes from, instead of group or host
 * and port; {@code null} for these
 * @param datagrams what receivers and senders have in common
 */
public record MulticastSenderSettings(EndpointKind kind, String name, @Nullable String group, @Nullable String host,
		@Nullable Integer port, @Nullable String networkInterface, int timeToLive, boolean loopback, boolean broadcast,
		@Nullable String localAddress, Duration requestTimeout, int maxPendingRequests,
		@Nullable Supplier<InetSocketAddress> targetSource, DatagramSettings datagrams) {

	private static final String HOST = "an address or a host name";

	public MulticastSenderSettings {
		String path = datagrams.path();
		kind.checkName(name);
		if (datagrams.routeBy() != null) {
			throw new InvalidSettingException(path + ".route-by", datagrams.routeBy(),
					"left out: a sender has no handlers");
		}
		if (group != null && MulticastGroups.address(group).filter(InetAddress::isMulticastAddress).isEmpty()) {
			throw new InvalidSettingException(path + ".group", group, MulticastGroups.ALLOWED);
		}
		if (group != null && port == null) {
			throw new InvalidSettingException(path + ".port", null, "a port from 1 to 65535, as there is a group");
		}
		if (port != null && (port < 1 || port > 65535)) {
			throw new InvalidSettingException(path + ".port", port, "a port from 1 to 65535");
		}
		if (kind == EndpointKind.UDP_SENDER) {
			checkHost(path, host, port, broadcast, localAddress);
		}
		else if (port != null && group == null) {
			throw new InvalidSettingException(path + ".group", null, MulticastGroups.ALLOWED + ", as there is a port");
		}
		if (networkInterface != null && networkInterface.isBlank()) {
			throw new InvalidSettingException(path + ".network-interface", networkInterface,
					"the name or an address of a network interface");
		}
		if (timeToLive < 0 || timeToLive > 255) {
			throw new InvalidSettingException(path + ".time-to-live", timeToLive,
					"from 0 (this machine) and 1 (this network) to 255");
		}
		if (requestTimeout.isNegative() || requestTimeout.isZero()) {
			throw new InvalidSettingException(path + ".request-timeout", requestTimeout, "a positive duration");
		}
		if (maxPendingRequests < 1) {
			throw new InvalidSettingException(path + ".max-pending-requests", maxPendingRequests, "at least 1");
		}
	}

	private static void checkHost(String path, @Nullable String host, @Nullable Integer port, boolean broadcast,
			@Nullable String localAddress) {
		if (host != null && host.isBlank()) {
			throw new InvalidSettingException(path + ".host", host, HOST);
		}
		if (host != null && port == null) {
			throw new InvalidSettingException(path + ".port", null, "a port from 1 to 65535, as there is a host");
		}
		if (port != null && host == null) {
			throw new InvalidSettingException(path + ".host", null, HOST + ", as there is a port");
		}
		if (host != null && MulticastGroups.address(host).filter(InetAddress::isMulticastAddress).isPresent()) {
			throw new InvalidSettingException(path + ".host", host,
					HOST + ": a sender below sockets.multicast.sender sends to groups");
		}
		if (host != null && host.equals("255.255.255.255") && !broadcast) {
			throw new InvalidSettingException(path + ".broadcast", false, "true, as the host is a broadcast address");
		}
		if (localAddress != null && MulticastGroups.address(localAddress).isEmpty()) {
			throw new InvalidSettingException(path + ".local-address", localAddress,
					"an address of this machine, such as 192.0.2.7");
		}
	}

	/**
	 * Starts to collect the settings of a sender to multicast groups.
	 * @param name the sender's name
	 * @return a builder that holds the defaults
	 */
	public static Builder builder(String name) {
		return new Builder(EndpointKind.MULTICAST_SENDER, name);
	}

	/**
	 * Starts to collect the settings of a sender to hosts.
	 * @param name the sender's name
	 * @return a builder that holds the defaults; groups and what belongs to them are of
	 * no use to it
	 */
	public static Builder udp(String name) {
		return new Builder(EndpointKind.UDP_SENDER, name);
	}

	/**
	 * Collects the settings; starts with their defaults.
	 */
	public static final class Builder {

		private final EndpointKind kind;

		private final String name;

		private final DatagramSettings.Builder datagrams;

		private @Nullable String group;

		private @Nullable String host;

		private @Nullable Integer port;

		private @Nullable String networkInterface;

		private int timeToLive = 1;

		private boolean loopback = true;

		private boolean broadcast;

		private @Nullable String localAddress;

		private Duration requestTimeout = Duration.ofSeconds(5);

		private int maxPendingRequests = 100;

		private @Nullable Supplier<InetSocketAddress> targetSource;

		private Builder(EndpointKind kind, String name) {
			this.kind = kind;
			this.name = name;
			this.datagrams = new DatagramSettings.Builder(kind.path(name));
		}

		/**
		 * Sets the host to send to; none when it isn't set.
		 * @param host its address or name, or a broadcast address
		 * @return this builder
		 */
		public Builder host(@Nullable String host) {
			this.host = host;
			return this;
		}

		/**
		 * Sets whether it may send to broadcast addresses, and take answers from others
		 * than whom it has asked; it may not when it isn't set.
		 * @param broadcast whether it may
		 * @return this builder
		 */
		public Builder broadcast(boolean broadcast) {
			this.broadcast = broadcast;
			return this;
		}

		/**
		 * Sets the address to send from, and so the network that 255.255.255.255 means;
		 * the operating system's choice when it isn't set.
		 * @param localAddress an address of this machine
		 * @return this builder
		 */
		public Builder localAddress(@Nullable String localAddress) {
			this.localAddress = localAddress;
			return this;
		}

		/**
		 * Sets the group to send to; none when it isn't set.
		 * @param group its address, IPv4 or IPv6
		 * @return this builder
		 */
		public Builder group(@Nullable String group) {
			this.group = group;
			return this;
		}

		/**
		 * Sets the port to send to; required when there is a group or host.
		 * @param port the port
		 * @return this builder
		 */
		public Builder port(@Nullable Integer port) {
			this.port = port;
			return this;
		}

		/**
		 * Sets the network interface to send on; the operating system's choice when it
		 * isn't set.
		 * @param networkInterface its name or an address
		 * @return this builder
		 */
		public Builder networkInterface(@Nullable String networkInterface) {
			this.networkInterface = networkInterface;
			return this;
		}

		/**
		 * Sets how far datagrams go; 1, this network, when it isn't set.
		 * @param timeToLive from 0 to 255
		 * @return this builder
		 */
		public Builder timeToLive(int timeToLive) {
			this.timeToLive = timeToLive;
			return this;
		}

		/**
		 * Sets whether receivers on this machine get the datagrams too; they do when it
		 * isn't set.
		 * @param loopback whether they do
		 * @return this builder
		 */
		public Builder loopback(boolean loopback) {
			this.loopback = loopback;
			return this;
		}

		/**
		 * Sets how long a request waits for its answer; 5 s when it isn't set.
		 * @param requestTimeout how long
		 * @return this builder
		 */
		public Builder requestTimeout(Duration requestTimeout) {
			this.requestTimeout = requestTimeout;
			return this;
		}

		/**
		 * Sets the most requests that may wait for an answer, each with a socket and a
		 * thread; 100 when it isn't set.
		 * @param maxPendingRequests the number
		 * @return this builder
		 */
		public Builder maxPendingRequests(int maxPendingRequests) {
			this.maxPendingRequests = maxPendingRequests;
			return this;
		}

		/**
		 * Sets where the address to send to comes from; group or host and port aren't
		 * used then.
		 * @param source asked for each message that names no address, on the thread that
		 * sends it, whose caller gets what it throws; {@code null} for group or host and
		 * port
		 * @return this builder
		 */
		public Builder target(@Nullable Supplier<InetSocketAddress> source) {
			this.targetSource = source;
			return this;
		}

		/**
		 * Changes what receivers and senders have in common.
		 * @param settings changes the settings
		 * @return this builder
		 */
		public Builder datagrams(Consumer<DatagramSettings.Builder> settings) {
			settings.accept(this.datagrams);
			return this;
		}

		/**
		 * Checks and returns the settings.
		 * @return the settings
		 * @throws InvalidSettingException when one of them cannot work
		 */
		public MulticastSenderSettings build() {
			return new MulticastSenderSettings(this.kind, this.name, this.group, this.host, this.port,
					this.networkInterface, this.timeToLive, this.loopback, this.broadcast, this.localAddress,
					this.requestTimeout, this.maxPendingRequests, this.targetSource, this.datagrams.build());
		}

	}

}
