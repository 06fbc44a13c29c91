package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

import dev.sockets.SocketErrorCode;
import dev.sockets.multicast.MulticastReceiverSettings;

/**
 * Binds the socket of a receiver without groups. It shares its port with nobody: the
 * system would give each datagram to one of them only.
 */
final class UdpBinder {

	private UdpBinder() {
	}

	/**
	 * Opens a bound socket.
	 * @throws CannotJoinException when that fails; nothing is open then
	 */
	static DatagramChannel bind(MulticastReceiverSettings settings) throws CannotJoinException {
		InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
		if (address.isUnresolved()) {
			throw new CannotJoinException(SocketErrorCode.BIND_FAILED, "host",
					"there is no host '" + settings.host() + "'", "an address of this machine", null);
		}
		DatagramChannel opened = null;
		try {
			opened = DatagramChannel.open(Group.family(address.getAddress()));
			opened.setOption(StandardSocketOptions.SO_RCVBUF, settings.receiveBuffer());
			opened.bind(address);
			return opened;
		}
		catch (IOException | RuntimeException ex) {
			SocketBinder.closeQuietly(opened);
			throw failure(address, ex);
		}
	}

	private static CannotJoinException failure(InetSocketAddress address, Exception cause) {
		if (cause instanceof UnsupportedOperationException) {
			return new CannotJoinException(SocketErrorCode.BIND_FAILED, "host", "this machine has no IPv6",
					"an IPv4 address", cause);
		}
		String message = String.valueOf(cause.getMessage());
		if (message.contains("in use")) {
			return new CannotJoinException(SocketErrorCode.ADDRESS_IN_USE, "port",
					"UDP port " + address.getPort() + " is in use", "another port, or end the program that uses it",
					cause);
		}
		String problem = "UDP port " + address.getPort() + " could not be bound on " + address.getHostString() + ": "
				+ message;
		return message.contains("assign requested address")
				? new CannotJoinException(SocketErrorCode.BIND_FAILED, "host", problem, "an address of this machine",
						cause)
				: new CannotJoinException(SocketErrorCode.BIND_FAILED, "port", problem,
						"a port that this user may bind", cause);
	}

}
