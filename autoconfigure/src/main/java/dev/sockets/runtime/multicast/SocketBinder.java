package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.multicast.MulticastGroups;
import dev.sockets.multicast.MulticastReceiverSettings;

/**
 * Binds the socket of one group to the group's address, so that it gets the datagrams of
 * that group only; or the socket of the port itself, for unicast.
 */
final class SocketBinder {

	private static final boolean WINDOWS = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("win");

	private final MulticastReceiverSettings settings;

	private final @Nullable Group group;

	SocketBinder(MulticastReceiverSettings settings, @Nullable Group group) {
		this.settings = settings;
		this.group = group;
	}

	/**
	 * Opens a socket bound to the port and, where the system can, to the group.
	 * @param port the port; 0 for any free one
	 * @param on the interfaces on which the group is to be joined
	 * @throws CannotJoinException when that fails; nothing is open then
	 */
	DatagramChannel bind(int port, List<NetworkInterface> on) throws CannotJoinException {
		DatagramChannel opened = null;
		try {
			opened = DatagramChannel.open(family());
			opened.setOption(StandardSocketOptions.SO_REUSEADDR, true);
			opened.setOption(StandardSocketOptions.SO_RCVBUF, this.settings.receiveBuffer());
			opened.bind(address(port, on));
			return opened;
		}
		catch (BindException ex) {
			closeQuietly(opened);
			boolean inUse = String.valueOf(ex.getMessage()).contains("in use");
			throw inUse ? new CannotJoinException(SocketErrorCode.ADDRESS_IN_USE, "port",
					"UDP port " + port + " is in use by a socket without reuse-address",
					"another port, or end the program that uses it, or let it share the port by SO_REUSEADDR", ex)
					: new CannotJoinException(SocketErrorCode.BIND_FAILED, "port",
							"UDP port " + port + " could not be bound: " + ex.getMessage(),
							"a port that this user may bind", ex);
		}
		catch (UnsupportedOperationException ex) {
			closeQuietly(opened);
			throw new CannotJoinException(SocketErrorCode.JOIN_FAILED, "groups", "this machine has no IPv6",
					"IPv4 groups", ex);
		}
		catch (IOException | RuntimeException ex) {
			closeQuietly(opened);
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

	static void closeQuietly(@Nullable AutoCloseable resource) {
		try {
			if (resource != null) {
				resource.close();
			}
		}
		catch (Exception ex) {
			// It is of no use any more, closed or not.
		}
	}

}
