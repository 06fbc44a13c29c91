package dev.sockets.runtime.tcp;

import java.nio.ByteOrder;
import java.util.function.Consumer;

import tools.jackson.dataformat.cbor.CBORMapper;

import dev.sockets.codec.Codecs;
import dev.sockets.framing.Framings;
import dev.sockets.rpc.RpcPeer;
import dev.sockets.rpc.RpcSettings;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

/**
 * A server and a client that call each other by opcode.
 */
final class RpcPair {

	final TcpServer server;

	final TcpClient client;

	/** The client's connection. */
	final Connection near;

	/** The server's connection. */
	final Connection far;

	RpcPair(TestEndpoints endpoints) {
		this(endpoints, (connection) -> {
		});
	}

	RpcPair(TestEndpoints endpoints, Consumer<ConnectionSettings.Builder> settings) {
		this.server = endpoints.server((connection) -> settings.accept(wire(connection)));
		this.client = endpoints.newClient("client", this.server.getLocalAddress().getPort(),
				(client) -> client.connection((connection) -> settings.accept(wire(connection))));
		this.near = this.client.connect();
		this.far = endpoints.onlyConnection(this.server);
	}

	static ConnectionSettings.Builder wire(ConnectionSettings.Builder connection) {
		return connection.framing(Framings.lengthPrefixed(4, ByteOrder.BIG_ENDIAN, false))
			.codec(Codecs.cbor(new CBORMapper(), Object.class))
			.rpc(RpcSettings.DEFAULTS);
	}

	/** Executes on the server. */
	RpcPeer fromClient() {
		return this.client.rpc();
	}

	/** Executes on the client. */
	RpcPeer fromServer() {
		return this.server.rpc();
	}

}
