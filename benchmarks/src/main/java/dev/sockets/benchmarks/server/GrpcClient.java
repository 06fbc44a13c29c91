package dev.sockets.benchmarks.server;

import java.util.Objects;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import org.jspecify.annotations.Nullable;

/**
 * gRPC: blocking calls on one channel.
 */
final class GrpcClient implements RequestClient {

	private @Nullable ManagedChannel channel;

	@Override
	public void connect(int port) {
		this.channel = NettyChannelBuilder.forAddress("localhost", port).usePlaintext().directExecutor().build();
		request("");
	}

	@Override
	public String request(String line) {
		return ClientCalls.blockingUnaryCall(Objects.requireNonNull(this.channel), GrpcServer.ECHO, CallOptions.DEFAULT,
				line);
	}

}
