package dev.sockets.runtime.tcp.server;

import java.util.Collection;
import java.util.Objects;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.runtime.rpc.ConnectionRpc;
import dev.sockets.runtime.rpc.OpenPeers;
import dev.sockets.runtime.tcp.ConnectionRegistry;
import dev.sockets.runtime.tcp.RpcHook;

/**
 * The peers of a server.
 *
 * @param name the server's name
 * @param registry its open connections
 */
record ServerRpcPeers(String name, ConnectionRegistry registry) implements OpenPeers {

	@Override
	public ConnectionRpc only() {
		Collection<ConnectionRpc> all = all();
		if (all.isEmpty()) {
			throw new SocketOperationException(SocketErrorCode.NOT_CONNECTED,
					"TCP server '" + this.name + "' has no connection");
		}
		if (all.size() > 1) {
			throw new IllegalStateException("TCP server '" + this.name + "' has " + all.size()
					+ " connections, so execute on one of them: connection.rpc()");
		}
		return all.iterator().next();
	}

	@Override
	public Collection<ConnectionRpc> all() {
		return this.registry.all().stream().map(RpcHook::peer).filter(Objects::nonNull).toList();
	}

}
