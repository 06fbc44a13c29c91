package dev.sockets.tcp;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.sockets.InvalidSettingException;
import dev.sockets.UnixSocketAddress;

/**
 * Checks the settings of endpoints on Unix domain sockets: no setting that is about
 * addresses, ports or TCP itself does anything there.
 */
final class UnixSettings {

	/** Linux has room for 108 with a byte 0 at the end, others for a few less. */
	private static final int MOST_BYTES = 107;

	private UnixSettings() {
	}

	static void checkPath(String property, String host) {
		String path;
		try {
			path = UnixSocketAddress.of(host).getPath().toString();
		}
		catch (InvalidPathException ex) {
			throw new InvalidSettingException(property, host, "the path of a Unix domain socket");
		}
		if (path.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
			throw new InvalidSettingException(property, path,
					"a path of at most " + MOST_BYTES + " bytes, from the root on: operating systems allow no more");
		}
	}

	/**
	 * Checks a server, which may listen on ports.
	 * @return its settings
	 */
	static TcpServerSettings checked(TcpServerSettings settings) {
		if (UnixSocketAddress.isUnix(settings.host())) {
			check(settings);
		}
		else {
			refuse(settings.connection().path() + ".path-permissions", settings.pathPermissions(),
					"only a path has permissions");
		}
		return settings;
	}

	private static void check(TcpServerSettings settings) {
		String path = settings.connection().path();
		checkPath(path + ".path", settings.host());
		refuse(path + ".port", settings.ports().equals(List.of(0)) ? null : settings.ports(), "there is a path");
		String onePeer = "all peers of a Unix domain socket have one address";
		AccessSettings access = settings.access();
		refuse(path + ".max-connections-per-address", settings.maxConnectionsPerAddress(), onePeer);
		refuse(path + ".allow", access.allow().isEmpty() ? null : access.allow(), onePeer);
		refuse(path + ".deny", access.deny().isEmpty() ? null : access.deny(), onePeer);
		refuse(path + ".connect-rate", access.connectRate(), onePeer);
		refuse(path + ".ban.after", access.ban(), onePeer);
		refuse(path + ".proxy-protocol", access.proxy(), "no proxy passes on connections to a path");
		checkOptions(settings.connection());
	}

	/**
	 * Checks a client, which may connect to ports.
	 * @return its settings
	 */
	static TcpClientSettings checked(TcpClientSettings settings) {
		if (settings.peerSource() == null
				&& settings.peers().stream().map(Peer::host).anyMatch(UnixSocketAddress::isUnix)) {
			check(settings);
		}
		return settings;
	}

	private static void check(TcpClientSettings settings) {
		TlsSettings tls = settings.connection().tls();
		if (tls != null && tls.verifyHostname()) {
			throw new InvalidSettingException(settings.connection().path() + ".ssl.verify-hostname", true,
					"false: no certificate is for a path");
		}
		if (settings.alternatives().isEmpty()) {
			String path = settings.connection().path();
			String reason = "a path is not connected to from an address";
			refuse(path + ".local-address", settings.localAddress(), reason);
			refuse(path + ".local-port", (settings.localPort() != 0) ? settings.localPort() : null, reason);
			checkOptions(settings.connection());
		}
	}

	private static void checkOptions(ConnectionSettings connection) {
		SocketOptions options = connection.socketOptions();
		String path = connection.path() + ".socket.";
		String reason = "Unix domain sockets have no such option";
		refuse(path + "keep-alive", options.probesPeers(), reason);
		refuse(path + "traffic-class", options.trafficClass(), reason);
		refuse(path + "reuse-address", options.reuseAddress(), reason);
		refuse(path + "reuse-port", options.reusePort(), reason);
	}

	private static void refuse(String property, @Nullable Object value, String reason) {
		if (value != null) {
			throw new InvalidSettingException(property, value, "left out: " + reason);
		}
	}

}
