package dev.sockets.runtime.tcp.server;

import dev.sockets.runtime.SettingsLine;
import dev.sockets.runtime.tcp.ConnectionSettingsLine;
import dev.sockets.tcp.TcpServerSettings;

/**
 * What the log says of a server's settings when it starts.
 */
final class ServerSettingsLine {

	private ServerSettingsLine() {
	}

	/**
	 * Says how a server behaves.
	 * @param settings its settings
	 * @param maxConnections most connections that it has now
	 * @return the line
	 */
	static SettingsLine of(TcpServerSettings settings, int maxConnections) {
		SettingsLine line = ConnectionSettingsLine.of(settings.connection())
			.addNumber("up to %,d connections", maxConnections);
		Integer ofAddress = settings.maxConnectionsPerAddress();
		return (ofAddress != null) ? line.addNumber("%,d of an address", ofAddress) : line;
	}

}
