package dev.sockets.runtime.tcp;

import org.jspecify.annotations.Nullable;

import dev.sockets.runtime.SettingsLine;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.TlsSettings;
import dev.sockets.tcp.TlsStart;

/**
 * How the connections of an endpoint are set, as its line of log says at its start.
 */
public final class ConnectionSettingsLine {

	private ConnectionSettingsLine() {
	}

	/**
	 * Returns the line of an endpoint.
	 * @param settings how its connections behave
	 * @return a line to which its own limits can be added
	 */
	public static SettingsLine of(ConnectionSettings settings) {
		SettingsLine line = new SettingsLine().addNameOf(settings.framing()).addNameOf(settings.codec());
		if (settings.rpc() != null) {
			line.add("requests by opcode");
		}
		return line.add(tls(settings.tls())).addSize("frames", settings.maxFrameSize());
	}

	private static String tls(@Nullable TlsSettings tls) {
		if (tls == null) {
			return "no TLS";
		}
		String clients = switch (tls.clientAuth()) {
			case NONE -> "";
			case WANT -> " that asks for certificates";
			case NEED -> " that needs certificates";
		};
		return "TLS" + ((tls.start() == TlsStart.ON_DEMAND) ? " on demand" : "") + clients;
	}

}
