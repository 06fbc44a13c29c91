package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import dev.sockets.EndpointKind;
import dev.sockets.SocketErrorCode;
import dev.sockets.loop.EventLoop;
import dev.sockets.loop.datagram.DatagramHandler;
import dev.sockets.loop.datagram.DatagramPort;
import dev.sockets.loop.datagram.DatagramQueue;
import dev.sockets.multicast.MulticastReceiverSettings;

/**
 * The socket of one group and the interfaces on which it has joined the group; or the
 * socket of the port itself, for unicast. It joins and leaves while it is read, so that
 * interfaces which go and come cost the others nothing. Opened, changed and closed by one
 * thread at a time, which the receiver sees to.
 */
final class GroupMembership {

	private static final int LONGEST_FINISH_MILLIS = 1000;

	private final MulticastReceiverSettings settings;

	private final @Nullable Group group;

	private final @Nullable JoinedInterfaces joined;

	private String name = "";

	private @Nullable DatagramChannel channel;

	private volatile @Nullable DatagramPort port;

	private volatile @Nullable InetSocketAddress groupAddress;

	private volatile @Nullable InetSocketAddress localAddress;

	GroupMembership(MulticastReceiverSettings settings, NetworkInterfaces interfaces, @Nullable Group group) {
		this.settings = settings;
		this.group = group;
		this.joined = (group != null) ? new JoinedInterfaces(interfaces, group, settings.sources()) : null;
	}

	/** Returns the group and its port; {@code null} for unicast. */
	@Nullable InetSocketAddress groupAddress() {
		return this.groupAddress;
	}

	/** Returns what it is bound to; {@code null} while it is not open. */
	@Nullable InetSocketAddress localAddress() {
		return this.localAddress;
	}

	/** Returns the index of each interface on which the group is joined, by name. */
	Map<String, Integer> joined() {
		return (this.joined != null) ? this.joined.indexes() : Map.of();
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
		DatagramChannel opened = (this.settings.kind() == EndpointKind.UDP_RECEIVER) ? UdpBinder.bind(this.settings)
				: new SocketBinder(this.settings, this.group).bind(port, on);
		try {
			this.name = on.isEmpty() ? "" : on.get(0).getName();
			if (this.joined != null) {
				this.joined.join(opened, on, all);
			}
			InetSocketAddress local = (InetSocketAddress) opened.getLocalAddress();
			int bound = local.getPort();
			this.localAddress = local;
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

	/** Joins the group on one more interface. */
	void join(NetworkInterface networkInterface) throws CannotJoinException {
		DatagramChannel channel = this.channel;
		if (channel != null && this.joined != null) {
			this.joined.join(channel, networkInterface);
		}
	}

	/** Leaves the group on interfaces that are gone. */
	void leave(Collection<String> names) {
		if (this.joined != null) {
			this.joined.leave(names);
		}
	}

	/** Returns whether it takes another socket to join on an interface that has come. */
	boolean isStuck() {
		return this.joined != null && this.joined.isStuck();
	}

	/** Begins to read, until it is closed. */
	void read(EventLoop loop, DatagramQueue queue, DatagramHandler handler) throws IOException {
		DatagramChannel channel = this.channel;
		if (channel == null) {
			throw new ClosedChannelException();
		}
		DatagramPort port = new DatagramPort(channel, loop, queue, handler);
		this.port = port;
		port.start();
	}

	/** Sends a datagram from this socket's port. */
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

	/** Leaves the group and reads nothing more; answers are still sent. */
	void stopReading() {
		DatagramPort port = this.port;
		if (port != null) {
			port.stopReading();
		}
		leave(List.copyOf(joined().keySet()));
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
