package dev.sockets.runtime.tcp.client;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketOperationException;
import dev.sockets.runtime.rpc.ConnectionRpc;
import dev.sockets.runtime.rpc.OpenPeers;
import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.runtime.tcp.RpcHook;

/**
 * The peer of a client.
 *
 * @param connection the open connection, if there is one
 * @param none makes what is thrown when there is none
 */
record ClientRpcPeers(Supplier<@Nullable DefaultConnection> connection,
		Supplier<SocketOperationException> none) implements OpenPeers {

	@Override
	public ConnectionRpc only() {
		DefaultConnection connection = this.connection.get();
		if (connection == null) {
			throw this.none.get();
		}
		return Objects.requireNonNull(RpcHook.peer(connection));
	}

	@Override
	public Collection<ConnectionRpc> all() {
		DefaultConnection connection = this.connection.get();
		return (connection != null) ? List.of(Objects.requireNonNull(RpcHook.peer(connection))) : List.of();
	}

}
