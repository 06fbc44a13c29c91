package dev.sockets.multicast;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

/**
 * Reads addresses as they are written in the configuration, and never asks a name server.
 */
public final class MulticastGroups {

	/** What a multicast address is, as the end of a sentence. */
	public static final String ALLOWED = "a multicast address: 224.0.0.0 to 239.255.255.255, or one that starts with ff";

	private static final Pattern LITERAL = Pattern.compile("\\d+(\\.\\d+){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

	private MulticastGroups() {
	}

	/**
	 * Reads the address of a group.
	 * @param text the address
	 * @return the address
	 * @throws SocketOperationException with code {@code INVALID_MULTICAST_ADDRESS} when
	 * it is none
	 */
	public static InetAddress parse(String text) {
		return address(text).filter(InetAddress::isMulticastAddress)
			.orElseThrow(() -> new SocketOperationException(SocketErrorCode.INVALID_MULTICAST_ADDRESS,
					"'" + text + "' is not " + ALLOWED));
	}

	/**
	 * Reads an address of any kind.
	 * @param text the address
	 * @return the address, or empty when it is none
	 */
	public static Optional<InetAddress> address(String text) {
		try {
			return LITERAL.matcher(text).matches() ? Optional.of(InetAddress.getByName(text)) : Optional.empty();
		}
		catch (UnknownHostException ex) {
			return Optional.empty();
		}
	}

}
