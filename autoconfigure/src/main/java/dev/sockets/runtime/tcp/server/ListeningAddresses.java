package dev.sockets.runtime.tcp.server;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.sockets.AddressText;
import dev.sockets.UnixSocketAddress;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;

/**
 * Where a server listens now. Shared with a spy on the server, as all else of it is. Open
 * to all threads.
 */
final class ListeningAddresses {

	private final AtomicReference<List<InetSocketAddress>> addresses = new AtomicReference<>(List.of());

	/**
	 * Returns where a server is to listen.
	 * @param settings those of the server
	 * @return the address of each of its ports, or its path
	 */
	static List<InetSocketAddress> wanted(TcpServerSettings settings) {
		String host = settings.host();
		return settings.ports()
			.stream()
			.map((port) -> UnixSocketAddress.isUnix(host) ? UnixSocketAddress.of(host)
					: new InetSocketAddress(host, port))
			.toList();
	}

	void set(List<InetSocketAddress> addresses) {
		this.addresses.set(addresses);
	}

	private List<InetSocketAddress> get() {
		return Objects.requireNonNull(this.addresses.get());
	}

	/**
	 * Returns the addresses of a server that runs.
	 * @param server the server
	 * @return at least one
	 * @throws IllegalStateException when it does not run
	 */
	List<InetSocketAddress> require(TcpServer server) {
		List<InetSocketAddress> addresses = get();
		if (addresses.isEmpty()) {
			throw new IllegalStateException(server + " is not running");
		}
		return addresses;
	}

	/**
	 * Returns the first address.
	 * @return the address; {@code null} when it does not run
	 */
	@Nullable InetSocketAddress first() {
		List<InetSocketAddress> addresses = get();
		return addresses.isEmpty() ? null : addresses.get(0);
	}

	@Override
	public String toString() {
		InetSocketAddress first = first();
		return (first == null) ? "nothing" : AddressText.of(first)
				+ get().stream().skip(1).map((address) -> "," + address.getPort()).collect(Collectors.joining());
	}

}
