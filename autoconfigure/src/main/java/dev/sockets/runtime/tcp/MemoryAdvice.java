package dev.sockets.runtime.tcp;

import dev.sockets.runtime.SafeLog;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.TcpServer;

/**
 * Warns of a server whose limits allow more memory than there is.
 */
final class MemoryAdvice {

	private static final SafeLog logger = SafeLog.of(TcpServer.class);

	private MemoryAdvice() {
	}

	static void give(TcpServer server, ConnectionSettings settings, int maxConnections, long maxMemory) {
		long allowed = (long) settings.maxFrameSize() * maxConnections;
		if (allowed > maxMemory) {
			logger.warn(server + " allows " + maxConnections + " connections with messages of "
					+ settings.maxFrameSize() + " bytes, which is " + mega(allowed) + " MB, but sockets.memory.max is "
					+ mega(maxMemory) + " MB: when that is used up, the connections that hold most are closed. Lower "
					+ settings.path() + ".max-connections or .max-frame-size to be sure");
		}
	}

	private static long mega(long bytes) {
		return bytes / (1024 * 1024);
	}

}
