package dev.sockets.runtime.multicast;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.SocketException;
import java.util.stream.Collectors;

import dev.sockets.multicast.MulticastGroups;

/**
 * A network interface of this machine, as it was when it was listed.
 *
 * @param device what Java knows of it
 */
record MachineInterface(NetworkInterface device) {

	boolean isUp() {
		try {
			return this.device.isUp();
		}
		catch (SocketException ex) {
			return false;
		}
	}

	/** The loopback interface says that it doesn't, but does. */
	boolean mayMulticast() {
		try {
			return this.device.supportsMulticast() || this.device.isLoopback();
		}
		catch (SocketException ex) {
			return false;
		}
	}

	boolean hasAddressOf(ProtocolFamily family) {
		return this.device.inetAddresses().anyMatch((address) -> Group.family(address) == family);
	}

	/**
	 * Returns whether the configuration means this one.
	 * @param wanted a name or an address
	 */
	boolean isMeantBy(String wanted) {
		return this.device.getName().equals(wanted)
				|| this.device.inetAddresses().anyMatch((address) -> isSame(address, wanted));
	}

	private static boolean isSame(InetAddress address, String wanted) {
		return text(address).equals(wanted) || MulticastGroups.address(wanted).filter(address::equals).isPresent();
	}

	/** Without the zone of an IPv6 address. */
	private static String text(InetAddress address) {
		return address.getHostAddress().replaceFirst("%.*", "");
	}

	/** Returns its name, with its addresses. */
	@Override
	public String toString() {
		return this.device.getName()
				+ this.device.inetAddresses().map(MachineInterface::text).collect(Collectors.joining(", ", " (", ")"));
	}

}
