package dev.sockets.multicast;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import dev.sockets.EndpointKind;
import dev.sockets.InvalidSettingException;

/**
 * Everything a receiver of datagrams needs to know, with multicast groups or without. A
 * value that cannot work is refused with the property path it would have in the
 * configuration.
 *
 * @param kind whether it receives groups: {@link EndpointKind#MULTICAST_RECEIVER}, or
 * {@link EndpointKind#UDP_RECEIVER}
 * @param name the receiver's name
 * @param host address or name of this machine to receive on, when it receives no groups
 * @param port port to receive on; 0 for any free one
 * @param groups addresses of the groups to join when it starts
 * @param networkInterfaces names or addresses of the network interfaces to join on, or
 * {@code all} alone
 * @param sources addresses of the only senders whose datagrams are taken; all when empty
 * @param maxDatagramSize longest datagram in bytes
 * @param queueCapacity most datagrams that wait for handlers, and most answers of
 * handlers that are still to come
 * @param queueOverflow what is dropped when more would wait
 * @param receiveBuffer bytes of the operating system's buffer for each group
 * @param datagrams what receivers and senders have in common
 */
public record MulticastReceiverSettings(EndpointKind kind, String name, String host, int port, List<String> groups,
		List<String> networkInterfaces, List<String> sources, int maxDatagramSize, int queueCapacity,
		QueueOverflow queueOverflow, int receiveBuffer, DatagramSettings datagrams) {

	/** Stands for all network interfaces. */
	public static final String ALL_INTERFACES = "all";

	/** Longest datagram that can be allowed, in bytes. */
	public static final int MAX_DATAGRAM_SIZE = 64 * 1024;

	private static final int NOT_SET = Integer.MIN_VALUE;

	public MulticastReceiverSettings {
		String path = datagrams.path();
		kind.checkName(name);
		if (host.isBlank()) {
			throw new InvalidSettingException(path + ".host", host, "an address or a host name");
		}
		if (port < 0 || port > 65535) {
			throw new InvalidSettingException(path + ".port", (port != NOT_SET) ? port : null,
					"a port from 0 (any free one) to 65535");
		}
		groups = List.copyOf(groups);
		if (kind == EndpointKind.UDP_RECEIVER && !groups.isEmpty()) {
			throw new InvalidSettingException(path + ".groups", String.join(",", groups),
					"left out: a receiver below sockets.multicast.receiver joins groups");
		}
		networkInterfaces = List.copyOf(networkInterfaces);
		sources = List.copyOf(sources);
		checkGroups(path + ".groups", groups);
		checkSources(path + ".sources", sources, groups);
		if (networkInterfaces.isEmpty()
				|| (networkInterfaces.contains(ALL_INTERFACES) && networkInterfaces.size() > 1)) {
			throw new InvalidSettingException(path + ".network-interfaces", String.join(",", networkInterfaces),
					"'all' alone, or names or addresses of network interfaces");
		}
		if (maxDatagramSize < 1 || maxDatagramSize > MAX_DATAGRAM_SIZE) {
			throw new InvalidSettingException(path + ".max-datagram-size", maxDatagramSize, "from 1B to 64KB");
		}
		if (queueCapacity < 1) {
			throw new InvalidSettingException(path + ".queue-capacity", queueCapacity, "at least 1");
		}
		if (receiveBuffer < 1) {
			throw new InvalidSettingException(path + ".receive-buffer", receiveBuffer,
					"at least 1B and at most 2047MB");
		}
	}

	private static void checkGroups(String property, List<String> groups) {
		Set<InetAddress> known = new HashSet<>();
		for (String group : groups) {
			InetAddress address = MulticastGroups.address(group)
				.filter(InetAddress::isMulticastAddress)
				.orElseThrow(() -> new InvalidSettingException(property, group, MulticastGroups.ALLOWED));
			if (!known.add(address)) {
				throw new InvalidSettingException(property, group, "given once");
			}
		}
	}

	private static void checkSources(String property, List<String> sources, List<String> groups) {
		Set<Boolean> families = new HashSet<>();
		for (String source : sources) {
			Optional<InetAddress> address = MulticastGroups.address(source);
			if (address.isEmpty() || address.get().isMulticastAddress()) {
				throw new InvalidSettingException(property, source, "an address of a sender, such as 192.0.2.7");
			}
			families.add(address.get() instanceof Inet4Address);
		}
		for (String group : groups) {
			if (!families.isEmpty() && !families.contains(MulticastGroups.parse(group) instanceof Inet4Address)) {
				throw new InvalidSettingException(property, String.join(",", sources),
						"of the same family as the group " + group + ": IPv4 or IPv6");
			}
		}
	}

	/**
	 * Starts to collect the settings of a receiver of multicast groups.
	 * @param name the receiver's name
	 * @return a builder that holds the defaults
	 */
	public static Builder builder(String name) {
		return new Builder(EndpointKind.MULTICAST_RECEIVER, name);
	}

	/**
	 * Starts to collect the settings of a receiver without groups.
	 * @param name the receiver's name
	 * @return a builder that holds the defaults; groups and network interfaces are of no
	 * use to it
	 */
	public static Builder udp(String name) {
		return new Builder(EndpointKind.UDP_RECEIVER, name);
	}

	/**
	 * Collects the settings; starts with their defaults.
	 */
	public static final class Builder {

		private final EndpointKind kind;

		private final String name;

		private final DatagramSettings.Builder datagrams;

		private String host = "0.0.0.0";

		private int port = NOT_SET;

		private List<String> groups = List.of();

		private List<String> networkInterfaces = List.of(ALL_INTERFACES);

		private List<String> sources = List.of();

		private int maxDatagramSize = MAX_DATAGRAM_SIZE;

		private int queueCapacity = 10_000;

		private QueueOverflow queueOverflow = QueueOverflow.DROP_OLDEST;

		private int receiveBuffer = 4 * 1024 * 1024;

		private Builder(EndpointKind kind, String name) {
			this.kind = kind;
			this.name = name;
			this.datagrams = new DatagramSettings.Builder(kind.path(name));
		}

		/**
		 * Sets where a receiver without groups receives; on all addresses when it isn't
		 * set. On one of them it gets no broadcasts.
		 * @param host an address or the name of this machine
		 * @return this builder
		 */
		public Builder host(String host) {
			this.host = host;
			return this;
		}

		/**
		 * Sets the port to receive on; required.
		 * @param port the port; 0 for any free one
		 * @return this builder
		 */
		public Builder port(int port) {
			this.port = port;
			return this;
		}

		/**
		 * Sets the groups to join when it starts; none when it isn't set.
		 * @param groups their addresses, IPv4 or IPv6
		 * @return this builder
		 */
		public Builder groups(List<String> groups) {
			this.groups = groups;
			return this;
		}

		/**
		 * Sets the network interfaces to join on; {@code all} when it isn't set.
		 * @param networkInterfaces their names or addresses, or {@code all}
		 * @return this builder
		 */
		public Builder networkInterfaces(List<String> networkInterfaces) {
			this.networkInterfaces = networkInterfaces;
			return this;
		}

		/**
		 * Sets the only senders whose datagrams are taken; all when it isn't set.
		 * @param sources their addresses
		 * @return this builder
		 */
		public Builder sources(List<String> sources) {
			this.sources = sources;
			return this;
		}

		/**
		 * Sets the longest datagram; 64 KiB when it isn't set, and at most.
		 * @param bytes the limit in bytes
		 * @return this builder
		 */
		public Builder maxDatagramSize(int bytes) {
			this.maxDatagramSize = bytes;
			return this;
		}

		/**
		 * Sets the most datagrams that wait for handlers; 10,000 when it isn't set. They
		 * never take more than 16 MiB.
		 * @param capacity the number
		 * @param overflow what is dropped when more would wait
		 * @return this builder
		 */
		public Builder queue(int capacity, QueueOverflow overflow) {
			this.queueCapacity = capacity;
			this.queueOverflow = overflow;
			return this;
		}

		/**
		 * Sets the size of the operating system's buffer for each group; 4 MiB when it
		 * isn't set. The system may grant less.
		 * @param bytes the size in bytes
		 * @return this builder
		 */
		public Builder receiveBuffer(int bytes) {
			this.receiveBuffer = bytes;
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
		public MulticastReceiverSettings build() {
			return new MulticastReceiverSettings(this.kind, this.name, this.host, this.port, this.groups,
					this.networkInterfaces, this.sources, this.maxDatagramSize, this.queueCapacity, this.queueOverflow,
					this.receiveBuffer, this.datagrams.build());
		}

	}

}
