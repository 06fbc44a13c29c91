package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.loop.EventLoop;
import dev.sockets.loop.datagram.DatagramHandler;
import dev.sockets.loop.datagram.DatagramPort;
import dev.sockets.loop.datagram.DatagramQueue;
import dev.sockets.multicast.MulticastGroups;
import dev.sockets.multicast.MulticastReceiverSettings;

/**
 * The socket of one group and the interfaces on which it has joined the group; or the
 * socket of the port itself, for unicast. It joins and leaves while it is read, so that
 * interfaces which go and come cost the others nothing. Opened, changed and closed by one
 * thread at a time, which the receiver sees to.
 */
final class GroupMembership {

	/**
	 * The group is joined on an interface.
	 *
	 * @param index the interface's; another one when it was made anew
	 * @param keys what to leave by, one for each source
	 */
	private record Joined(int index, List<MembershipKey> keys) {

	}

	private static final int LONGEST_FINISH_MILLIS = 1000;

	private final MulticastReceiverSettings settings;

	private final NetworkInterfaces interfaces;

	private final @Nullable Group group;

	/** By name of the interface. */
	private final Map<String, Joined> joined = new LinkedHashMap<>();

	private String name = "";

	private boolean stuck;

	private @Nullable DatagramChannel channel;

	private volatile @Nullable DatagramPort port;

	private volatile @Nullable InetSocketAddress groupAddress;

	GroupMembership(MulticastReceiverSettings settings, NetworkInterfaces interfaces, @Nullable Group group) {
		this.settings = settings;
		this.interfaces = interfaces;
		this.group = group;
	}

	@Nullable Group group() {
		return this.group;
	}

	boolean isOf(Group other) {
		return this.group != null && this.group.address().equals(other.address());
	}

	/**
	 * Returns the group and its port; {@code null} for unicast.
	 */
	@Nullable InetSocketAddress groupAddress() {
		return this.groupAddress;
	}

	/**
	 * Returns the index of each interface on which the group is joined, by name.
	 */
	Map<String, Integer> joined() {
		Map<String, Integer> indexes = new LinkedHashMap<>();
		this.joined.forEach((name, joined) -> indexes.put(name, joined.index()));
		return indexes;
	}

	/**
	 * Returns the first interface it was opened for, which is the only one of a group
	 * that is another one on each.
	 */
	String name() {
		return this.name;
	}

	/**
	 * Opens the socket; it isn't read yet.
	 * @param port the port to bind
	 * @param on the interfaces to join on; of several, some may fail
	 * @param all whether none of them may fail
	 * @return the port
	 * @throws CannotJoinException when it isn't open then
	 */
	int open(int port, List<NetworkInterface> on, boolean all) throws CannotJoinException {
		DatagramChannel opened = new SocketBinder(this.settings, this.group).bind(port, on);
		try {
			this.name = on.isEmpty() ? "" : on.get(0).getName();
			join(opened, on, all);
			int bound = ((InetSocketAddress) opened.getLocalAddress()).getPort();
			this.groupAddress = (this.group != null) ? new InetSocketAddress(this.group.address(), bound) : null;
			this.channel = opened;
			return bound;
		}
		catch (IOException ex) {
			SocketBinder.closeQuietly(opened);
			throw new CannotJoinException(SocketErrorCode.BIND_FAILED, "port", String.valueOf(ex.getMessage()),
					"another port", ex);
		}
		catch (CannotJoinException ex) {
			SocketBinder.closeQuietly(opened);
			throw ex;
		}
	}

	private void join(DatagramChannel opened, List<NetworkInterface> on, boolean all) throws CannotJoinException {
		CannotJoinException failure = null;
		for (NetworkInterface networkInterface : on) {
			try {
				join(opened, networkInterface);
			}
			catch (CannotJoinException ex) {
				failure = ex;
				if (all) {
					throw failure;
				}
			}
		}
		if (this.joined.isEmpty() && failure != null) {
			throw failure;
		}
	}

	/**
	 * Joins the group on one more interface.
	 * @throws CannotJoinException when the system refuses
	 */
	void join(NetworkInterface networkInterface) throws CannotJoinException {
		DatagramChannel channel = this.channel;
		if (channel != null) {
			join(channel, networkInterface);
		}
	}

	private void join(DatagramChannel opened, NetworkInterface networkInterface) throws CannotJoinException {
		Group group = this.group;
		if (group == null) {
			return;
		}
		List<MembershipKey> keys = new ArrayList<>();
		try {
			if (this.settings.sources().isEmpty()) {
				keys.add(this.interfaces.join(opened, group.address(), networkInterface, null));
			}
			for (String text : this.settings.sources()) {
				InetAddress source = MulticastGroups.address(text).orElseThrow();
				if (Group.family(source) == group.family()) {
					keys.add(this.interfaces.join(opened, group.address(), networkInterface, source));
				}
			}
			this.joined.put(networkInterface.getName(), new Joined(networkInterface.getIndex(), keys));
		}
		catch (IOException | RuntimeException ex) {
			drop(keys);
			String name = networkInterface.getName();
			throw new CannotJoinException(SocketErrorCode.JOIN_FAILED, "network-interfaces",
					"group " + group.text() + " could not be joined on " + name + ": " + NetworkErrors.of(ex, name),
					"other interfaces, or 'all' for those that can", ex);
		}
	}

	/**
	 * Leaves the group on interfaces that are gone. What has come over them and waits in
	 * the system's buffer is still received.
	 */
	void leave(Collection<String> names) {
		for (String one : names) {
			Joined left = this.joined.remove(one);
			if (left != null) {
				drop(left.keys());
			}
		}
	}

	/** A system that lost an interface may not let it be left. */
	private void drop(List<MembershipKey> keys) {
		for (MembershipKey key : keys) {
			try {
				key.drop();
			}
			catch (RuntimeException | AssertionError ex) {
				this.stuck |= key.isValid();
			}
		}
	}

	/**
	 * Returns whether it takes another socket to join on an interface that has come, as
	 * the JDK believes that this one still is joined there and would leave it out.
	 */
	boolean isStuck() {
		return this.stuck;
	}

	/**
	 * Begins to read.
	 * @param loop reads
	 * @param queue gives the turn to handle what was read
	 * @param handler handles it
	 * @throws IOException when the socket is closed
	 */
	void read(EventLoop loop, DatagramQueue queue, DatagramHandler handler) throws IOException {
		DatagramChannel channel = this.channel;
		if (channel == null) {
			throw new ClosedChannelException();
		}
		DatagramPort port = new DatagramPort(channel, loop, queue, handler);
		this.port = port;
		port.start();
	}

	/**
	 * Sends a datagram from this socket's port.
	 */
	void send(byte[] bytes, InetSocketAddress to) throws IOException {
		DatagramPort port = this.port;
		if (port == null) {
			throw new ClosedChannelException();
		}
		port.send(bytes, to);
	}

	int grantedReceiveBuffer() {
		DatagramChannel channel = this.channel;
		try {
			return (channel != null) ? channel.getOption(StandardSocketOptions.SO_RCVBUF)
					: this.settings.receiveBuffer();
		}
		catch (IOException ex) {
			return this.settings.receiveBuffer();
		}
	}

	/** Closes the socket for good when what has come to it is read, or soon. */
	void finish() {
		DatagramPort port = this.port;
		if (port != null) {
			port.finish().completeOnTimeout(null, LONGEST_FINISH_MILLIS, TimeUnit.MILLISECONDS).join();
		}
		close();
	}

	/** Closes the socket for good, and so leaves its group. */
	void close() {
		SocketBinder.closeQuietly(this.channel);
		DatagramPort port = this.port;
		if (port != null) {
			port.closed();
		}
	}

	@Override
	public String toString() {
		Group group = this.group;
		return (group != null) ? "group " + group.text() : "the port";
	}

}
