package dev.sockets.runtime.tcp.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What was found of a client's peers.
 *
 * @param addresses the addresses of all peers, in their order
 * @param failure why some are missing; {@code null} when none is
 */
record ResolvedPeers(List<InetSocketAddress> addresses, @Nullable IOException failure) {

	static ResolvedPeers none(IOException failure) {
		return new ResolvedPeers(List.of(), failure);
	}

}
