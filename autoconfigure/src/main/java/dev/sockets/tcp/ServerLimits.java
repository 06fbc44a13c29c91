package dev.sockets.tcp;

import org.jspecify.annotations.Nullable;

import dev.sockets.InvalidSettingException;

/**
 * Refuses limits of servers under which nobody would be served.
 */
final class ServerLimits {

	private ServerLimits() {
	}

	static void check(String path, int backlog, int maxConnections, @Nullable Integer maxConnectionsPerAddress) {
		checkPositive(path + ".backlog", backlog);
		checkPositive(path + ".max-connections", maxConnections);
		if (maxConnectionsPerAddress != null) {
			checkPositive(path + ".max-connections-per-address", maxConnectionsPerAddress);
		}
	}

	private static void checkPositive(String property, int limit) {
		if (limit < 1) {
			throw new InvalidSettingException(property, limit, "at least 1");
		}
	}

}
