package dev.sockets.autoconfigure.diagnostics;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.springframework.core.env.Environment;

import dev.sockets.EndpointKind;
import dev.sockets.UnixSocketAddress;
import dev.sockets.autoconfigure.binding.EndpointEntries;
import dev.sockets.autoconfigure.binding.EndpointEntry;

/**
 * Finds the property of the same application that wants a port, or a path, too.
 */
final class SamePort {

	private static final Pattern PORTS = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");

	private static final Set<String> OF_WEB_SERVERS = Set.of("server.port", "management.server.port");

	private final Environment environment;

	private final SetValues values;

	SamePort(Environment environment, SetValues values) {
		this.environment = environment;
		this.values = values;
	}

	/**
	 * Returns what else wants a TCP port.
	 * @param port the port
	 * @param path the endpoint that did not get it
	 * @return where it is set; empty when nothing is known
	 */
	Optional<SetValues.Value> tcp(int port, String path) {
		return Stream.concat(entries(Set.of(EndpointKind.TCP_SERVER), path), OF_WEB_SERVERS.stream())
			.flatMap((property) -> find(property, port).stream())
			.findFirst();
	}

	/**
	 * Returns what else wants a UDP port.
	 * @param port the port
	 * @param path the endpoint that did not get it
	 * @return where it is set; empty when nothing is known
	 */
	Optional<SetValues.Value> udp(int port, String path) {
		return entries(Set.of(EndpointKind.UDP_RECEIVER, EndpointKind.MULTICAST_RECEIVER), path)
			.flatMap((property) -> find(property, port).stream())
			.findFirst();
	}

	/**
	 * Returns what else wants to listen on a Unix domain socket.
	 * @param socket the path of the socket
	 * @param path the endpoint that did not get it
	 * @return where it is set; empty when nothing is known
	 */
	Optional<SetValues.Value> unix(Path socket, String path) {
		return others(Set.of(EndpointKind.TCP_SERVER), path).map((other) -> other + ".path")
			.flatMap((property) -> this.values.find(property).stream())
			.filter((value) -> isSame(value.text(), socket))
			.findFirst();
	}

	private static boolean isSame(String text, Path socket) {
		try {
			return UnixSocketAddress.of(Path.of(text)).getPath().equals(socket);
		}
		catch (InvalidPathException ex) {
			return false;
		}
	}

	private Stream<String> entries(Collection<EndpointKind> kinds, String path) {
		return others(kinds, path).flatMap((other) -> Stream.of(other + ".port", other + ".ports"));
	}

	private Stream<String> others(Collection<EndpointKind> kinds, String path) {
		return EndpointEntries.read(this.environment)
			.stream()
			.filter((entry) -> kinds.stream().anyMatch((kind) -> kind.path(entry.name()).equals(entry.path())))
			.map(EndpointEntry::path)
			.filter((other) -> !other.equals(path));
	}

	private Optional<SetValues.Value> find(String property, int port) {
		return this.values.find(property).filter((value) -> has(value.text(), port));
	}

	private static boolean has(String ports, int port) {
		return Arrays.stream(ports.split(","))
			.map(String::trim)
			.map(PORTS::matcher)
			.filter(Matcher::matches)
			.anyMatch((range) -> {
				int first = Integer.parseInt(range.group(1));
				return first <= port && port <= ((range.group(2) != null) ? Integer.parseInt(range.group(2)) : first);
			});
	}

}
