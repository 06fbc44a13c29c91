package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.multicast.MulticastGroups;
import dev.sockets.multicast.MulticastReceiverSettings;

/**
 * The socket of one group, bound to the group's address, so that it gets the datagrams of
 * that group only; or the socket of the port itself, for unicast. It can be opened anew
 * while somebody reads from it.
 */
final class GroupMembership {

	private static final boolean WINDOWS = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("win");

	private final MulticastReceiverSettings settings;

	private final @Nullable Group group;

	private final ReentrantLock lock = new ReentrantLock();

	/** Index of each interface on which the group is joined, by name. */
	private volatile Map<String, Integer> joined = Map.of();

	/** Interfaces on which the group could not be joined. */
	private volatile Set<String> refused = Set.of();

	/** The interface of a group that is another one on each. */
	private volatile String name = "";

	private volatile @Nullable ReadingChannel channel;

	private volatile @Nullable InetSocketAddress groupAddress;

	private volatile @Nullable Reading reading;

	private boolean closed;

	GroupMembership(MulticastReceiverSettings settings, @Nullable Group group) {
		this.settings = settings;
		this.group = group;
	}

	@Nullable Group group() {
		return this.group;
	}

	/**
	 * Returns the group and its port; {@code null} for unicast.
	 */
	@Nullable InetSocketAddress groupAddress() {
		return this.groupAddress;
	}

	Map<String, Integer> joined() {
		return this.joined;
	}

	Set<String> refused() {
		return this.refused;
	}

	String name() {
		return this.name;
	}

	/**
	 * The group isn't joined on some interfaces any more, as they are gone.
	 */
	void lose(Set<String> names) {
		Map<String, Integer> left = new LinkedHashMap<>(this.joined);
		left.keySet().removeAll(names);
		this.joined = left;
	}

	/**
	 * Returns the period of reading that goes on.
	 */
	@Nullable Reading reading() {
		return this.reading;
	}

	void reading(Reading reading) {
		this.reading = reading;
	}

	/**
	 * Opens the socket, or a new one in its place.
	 * @param port the port to bind
	 * @param on the interfaces to join on; of several, some may fail
	 * @param all whether none of them may fail
	 * @return the port
	 * @throws CannotJoinException when it isn't open then; an older one stays
	 */
	int open(int port, List<NetworkInterface> on, boolean all) throws CannotJoinException {
		this.lock.lock();
		try {
			if (this.closed) {
				return port;
			}
			DatagramChannel opened = bind(port, on);
			try {
				Map<String, Integer> joined = join(opened, on, all);
				int bound = ((InetSocketAddress) opened.getLocalAddress()).getPort();
				ReadingChannel reading = new ReadingChannel(opened);
				this.groupAddress = (this.group != null) ? new InetSocketAddress(this.group.address(), bound) : null;
				ReadingChannel former = this.channel;
				this.channel = reading;
				this.joined = joined;
				this.refused = on.stream()
					.map(NetworkInterface::getName)
					.filter((name) -> !joined.containsKey(name))
					.collect(Collectors.toUnmodifiableSet());
				this.name = on.isEmpty() ? "" : on.get(0).getName();
				ReadingChannel.closeQuietly(former);
				return bound;
			}
			catch (IOException ex) {
				ReadingChannel.closeQuietly(opened);
				throw new CannotJoinException(SocketErrorCode.BIND_FAILED, "port", String.valueOf(ex.getMessage()),
						"another port", ex);
			}
			catch (CannotJoinException ex) {
				ReadingChannel.closeQuietly(opened);
				throw ex;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private DatagramChannel bind(int port, List<NetworkInterface> on) throws CannotJoinException {
		DatagramChannel opened = null;
		try {
			opened = DatagramChannel.open(family());
			opened.setOption(StandardSocketOptions.SO_REUSEADDR, true);
			opened.setOption(StandardSocketOptions.SO_RCVBUF, this.settings.receiveBuffer());
			opened.bind(address(port, on));
			return opened;
		}
		catch (BindException ex) {
			ReadingChannel.closeQuietly(opened);
			boolean inUse = String.valueOf(ex.getMessage()).contains("in use");
			throw inUse ? new CannotJoinException(SocketErrorCode.ADDRESS_IN_USE, "port",
					"UDP port " + port + " is in use by a socket without reuse-address",
					"another port, or end the program that uses it, or let it share the port by SO_REUSEADDR", ex)
					: new CannotJoinException(SocketErrorCode.BIND_FAILED, "port",
							"UDP port " + port + " could not be bound: " + ex.getMessage(),
							"a port that this user may bind", ex);
		}
		catch (UnsupportedOperationException ex) {
			ReadingChannel.closeQuietly(opened);
			throw new CannotJoinException(SocketErrorCode.JOIN_FAILED, "groups", "this machine has no IPv6",
					"IPv4 groups", ex);
		}
		catch (IOException | RuntimeException ex) {
			ReadingChannel.closeQuietly(opened);
			throw new CannotJoinException(SocketErrorCode.BIND_FAILED, "port",
					"UDP port " + port + " could not be bound: " + ex.getMessage(), "another port", ex);
		}
	}

	private ProtocolFamily family() {
		return (this.group != null) ? this.group.family() : StandardProtocolFamily.INET;
	}

	/**
	 * Windows binds no multicast address; there a socket gets only what it has joined.
	 */
	private InetSocketAddress address(int port, List<NetworkInterface> on) throws IOException {
		Group group = this.group;
		if (group == null || WINDOWS) {
			return new InetSocketAddress(
					MulticastGroups.address((family() == StandardProtocolFamily.INET6) ? "::" : "0.0.0.0")
						.orElseThrow(),
					port);
		}
		if (group.isOfOneInterface()) {
			return new InetSocketAddress(
					Inet6Address.getByAddress(null, group.address().getAddress(), on.get(0).getIndex()), port);
		}
		return new InetSocketAddress(group.address(), port);
	}

	private Map<String, Integer> join(DatagramChannel opened, List<NetworkInterface> on, boolean all)
			throws CannotJoinException {
		Map<String, Integer> joined = new LinkedHashMap<>();
		CannotJoinException failure = null;
		for (NetworkInterface networkInterface : on) {
			try {
				join(opened, networkInterface);
				joined.put(networkInterface.getName(), networkInterface.getIndex());
			}
			catch (IOException | RuntimeException ex) {
				failure = failure(networkInterface, ex);
				if (all) {
					throw failure;
				}
			}
		}
		if (joined.isEmpty() && failure != null) {
			throw failure;
		}
		return joined;
	}

	private void join(DatagramChannel opened, NetworkInterface networkInterface) throws IOException {
		Group group = this.group;
		if (group == null) {
			return;
		}
		if (this.settings.sources().isEmpty()) {
			opened.join(group.address(), networkInterface);
		}
		for (String text : this.settings.sources()) {
			InetAddress source = MulticastGroups.address(text).orElseThrow();
			if (Group.family(source) == group.family()) {
				opened.join(group.address(), networkInterface, source);
			}
		}
	}

	private CannotJoinException failure(NetworkInterface networkInterface, Exception cause) {
		String name = networkInterface.getName();
		String group = (this.group != null) ? this.group.text() : "";
		return new CannotJoinException(SocketErrorCode.JOIN_FAILED, "network-interfaces",
				"group " + group + " could not be joined on " + name + ": " + NetworkErrors.of(cause, name),
				"other interfaces, or 'all' for those that can", cause);
	}

	/**
	 * Sends a datagram from this socket's port.
	 */
	void send(byte[] bytes, InetSocketAddress to) throws IOException {
		ReadingChannel channel = this.channel;
		if (channel == null) {
			throw new ClosedChannelException();
		}
		channel.send(bytes, to);
	}

	/**
	 * Returns the channel; {@code null} when the socket is closed for good.
	 */
	@Nullable ReadingChannel channel() {
		return this.channel;
	}

	int grantedReceiveBuffer() {
		ReadingChannel channel = this.channel;
		try {
			return (channel != null) ? channel.channel().getOption(StandardSocketOptions.SO_RCVBUF)
					: this.settings.receiveBuffer();
		}
		catch (IOException ex) {
			return this.settings.receiveBuffer();
		}
	}

	/** Closes the socket for good, and so leaves its group. */
	void close() {
		this.lock.lock();
		try {
			this.closed = true;
			ReadingChannel former = this.channel;
			this.channel = null;
			ReadingChannel.closeQuietly(former);
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public String toString() {
		Group group = this.group;
		return (group != null) ? "group " + group.text() : "the port";
	}

}
