package dev.sockets.runtime.tcp.server;

import dev.sockets.runtime.SafeLog;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;

/**
 * Says when the limits of a server allow its peers more memory than there is for all
 * endpoints together. For the limits that a server has when nobody sets any, that is of
 * interest only to those who look for a fault.
 */
final class MemoryAdvice {

	private static final SafeLog logger = SafeLog.of(TcpServer.class);

	private static final TcpServerSettings DEFAULTS = TcpServerSettings.builder("defaults").port(0).build();

	private MemoryAdvice() {
	}

	/**
	 * Looks at the limits of a server, and says it when they allow too much.
	 * @param server the server
	 * @param settings its limits for one connection
	 * @param connections how many it may have
	 * @param memory how many bytes there are for all endpoints
	 */
	static void give(TcpServer server, ConnectionSettings settings, int connections, long memory) {
		long pending = hasDefaultPending(settings) ? 0 : settings.outbound().maxPending();
		long allowed = connections * (settings.maxFrameSize() + pending);
		if (allowed <= memory) {
			return;
		}
		String notice = server + " allows " + connections + " connections with messages of " + settings.maxFrameSize()
				+ " bytes" + ((pending > 0) ? " and as many that wait for their peers as " + pending + " bytes" : "")
				+ ", which is " + mega(allowed) + " MB, but sockets.memory.max is " + mega(memory)
				+ " MB: when that is used up, the connections that hold most are closed. Lower " + settings.path()
				+ ".max-connections, .max-frame-size or .outbound.max-pending to be sure";
		if (connections == DEFAULTS.maxConnections() && hasDefaultPending(settings)
				&& settings.maxFrameSize() == DEFAULTS.connection().maxFrameSize()) {
			logger.debug(notice, null);
		}
		else {
			logger.warn(notice);
		}
	}

	private static boolean hasDefaultPending(ConnectionSettings settings) {
		return settings.outbound().maxPending() == DEFAULTS.connection().outbound().maxPending();
	}

	private static long mega(long bytes) {
		return bytes / (1024 * 1024);
	}

}
