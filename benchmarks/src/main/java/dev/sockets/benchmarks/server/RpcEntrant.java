package dev.sockets.benchmarks.server;

import java.util.function.Supplier;

/**
 * A server and a client of one library that call each other over one connection.
 */
public enum RpcEntrant implements Contestant {

	/** Ours, with profile {@code rpc} and a {@code @SocketMapping} method. */
	OURS_RPC(Family.OURS, OurRpcServer::new, OurRpcClient::new),

	/** gRPC-Java on Netty: unary calls by blocking stubs, strings without protobuf. */
	GRPC_UNARY(Family.PEER, GrpcServer::new, GrpcClient::new),

	/** RSocket-Java on Reactor Netty: request/response. */
	RSOCKET(Family.PEER, RSocketEchoServer::new, RSocketClient::new);

	private final Family family;

	private final Supplier<Server> server;

	private final Supplier<RequestClient> client;

	RpcEntrant(Family family, Supplier<Server> server, Supplier<RequestClient> client) {
		this.family = family;
		this.server = server;
		this.client = client;
	}

	static RpcEntrant of(String id) {
		return Contestant.named(values(), id);
	}

	@Override
	public String id() {
		return Contestant.id(this);
	}

	@Override
	public Family family() {
		return this.family;
	}

	Server server() {
		return this.server.get();
	}

	RequestClient client() {
		return this.client.get();
	}

}
