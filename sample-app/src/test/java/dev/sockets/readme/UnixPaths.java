package dev.sockets.readme;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.sockets.UnixSocketAddress;
import dev.sockets.tcp.Connection;

class UnixPaths {

	private static final Logger log = LoggerFactory.getLogger(UnixPaths.class);

	void log(Connection connection) {
		if (connection.getRemoteAddress() instanceof UnixSocketAddress unix) {
			log.info("by {}", unix.getPath());
		}
	}

}
