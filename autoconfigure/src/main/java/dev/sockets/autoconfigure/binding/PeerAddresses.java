package dev.sockets.autoconfigure.binding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sockets.UnixSocketAddress;
import dev.sockets.autoconfigure.properties.TcpClientProperties;
import dev.sockets.tcp.Peer;

/**
 * The peers of a client that has several.
 */
final class PeerAddresses {

	private static final Pattern ADDRESS = Pattern.compile(
			"(?:\\[(?<ipv6>[0-9A-Fa-f]*:[0-9A-Fa-f:.]*(?:%[^\\s/\\[\\]]+)?)]|(?<host>[^\\s:/\\[\\]]+)):(?<port>\\d{1,5})");

	private PeerAddresses() {
	}

	/**
	 * Returns the peers in the order in which they are tried; none when there is only a
	 * host and port.
	 */
	static List<Peer> resolve(BoundEntry<TcpClientProperties> entry) {
		List<String> addresses = entry.properties().getAddresses();
		if (addresses.isEmpty()) {
			return List.of();
		}
		entry.refuse("port", "there are addresses, which have ports of their own");
		entry.refuse("host", "there are addresses, which have hosts of their own");
		List<Peer> peers = new ArrayList<>();
		List<String> wrong = new ArrayList<>();
		addresses.forEach((address) -> parse(address).ifPresentOrElse(peers::add, () -> wrong.add(address)));
		if (!wrong.isEmpty()) {
			throw entry.invalid("addresses", String.join(", ", wrong),
					"host:port with a port from 1 to 65535, such as localhost:7001 or [::1]:7001, or unix:/path");
		}
		return peers;
	}

	private static Optional<Peer> parse(String address) {
		if (UnixSocketAddress.isUnix(address)) {
			return Optional.of(new Peer(address, 0));
		}
		Matcher matcher = ADDRESS.matcher(address.trim());
		if (!matcher.matches()) {
			return Optional.empty();
		}
		String host = (matcher.group("ipv6") != null) ? matcher.group("ipv6") : matcher.group("host");
		int port = Integer.parseInt(matcher.group("port"));
		return (port >= 1 && port <= 65535) ? Optional.of(new Peer(host, port)) : Optional.empty();
	}

}
