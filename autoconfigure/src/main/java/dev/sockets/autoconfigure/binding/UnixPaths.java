package dev.sockets.autoconfigure.binding;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.sockets.autoconfigure.properties.TcpClientProperties;
import dev.sockets.autoconfigure.properties.TcpServerProperties;

/**
 * Reads the path of an endpoint on a Unix domain socket, beside which nothing may stand
 * that is about addresses, ports or TCP.
 */
final class UnixPaths {

	private static final List<String> TCP_OPTIONS = List.of("tcp-no-delay", "keep-alive", "keep-alive-idle",
			"keep-alive-interval", "keep-alive-count", "traffic-class", "reuse-address", "reuse-port");

	private static final List<String> BY_ADDRESS = List.of("max-connections-per-address", "allow", "deny",
			"connect-rate", "ban.after", "ban.for", "proxy-protocol", "proxy-protocol-from", "proxy-protocol-timeout");

	private UnixPaths() {
	}

	/**
	 * Returns the path of a server; {@code null} when it listens on ports.
	 */
	static @Nullable Path server(BoundEntry<TcpServerProperties> entry) {
		String text = entry.properties().getPath();
		if (text == null) {
			entry.refuse("path-permissions", "only a path has permissions");
			return null;
		}
		Path path = path(entry, text);
		refuse(entry, List.of("host", "port", "ports"), "there is a path");
		refuse(entry, BY_ADDRESS, "all peers of a Unix domain socket have one address");
		refuseTcp(entry);
		return path;
	}

	/**
	 * Returns the path of a client's peer; {@code null} when that has a host.
	 */
	static @Nullable Path client(BoundEntry<TcpClientProperties> entry) {
		String text = entry.properties().getPath();
		if (text == null) {
			return null;
		}
		Path path = path(entry, text);
		refuse(entry, List.of("host", "port", "addresses"), "there is a path");
		refuse(entry, List.of("local-address", "local-port"), "a path is not connected to from an address");
		refuseTcp(entry);
		return path;
	}

	/**
	 * Returns who may connect to the path of a server.
	 */
	static @Nullable Set<PosixFilePermission> permissions(BoundEntry<TcpServerProperties> entry) {
		String text = entry.properties().getPathPermissions();
		try {
			return (text != null) ? PosixFilePermissions.fromString(text.trim()) : null;
		}
		catch (IllegalArgumentException ex) {
			throw entry.invalid("path-permissions", text,
					"nine letters such as rw-rw----, for the user, the group and others; YAML makes other numbers of those like 0660");
		}
	}

	private static Path path(BoundEntry<?> entry, String text) {
		if (text.isBlank() || text.startsWith("@")) {
			throw entry.invalid("path", text,
					"the path of a file, such as /run/app/app.sock; Java knows no sockets without one");
		}
		try {
			return Path.of(text);
		}
		catch (InvalidPathException ex) {
			throw entry.invalid("path", text, "the path of a file, such as /run/app/app.sock");
		}
	}

	private static void refuseTcp(BoundEntry<?> entry) {
		TCP_OPTIONS.forEach((option) -> entry.refuse("socket." + option, "Unix domain sockets have no such option"));
	}

	private static void refuse(BoundEntry<?> entry, List<String> keys, String reason) {
		keys.forEach((key) -> entry.refuse(key, reason));
	}

}
