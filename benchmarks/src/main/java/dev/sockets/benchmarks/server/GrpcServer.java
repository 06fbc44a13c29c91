package dev.sockets.benchmarks.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;

/**
 * gRPC: one method that answers with what it is given, called by the event loop itself,
 * which is gRPC's fastest way.
 */
final class GrpcServer implements Server {

	static final MethodDescriptor<String, String> ECHO = MethodDescriptor.newBuilder(new Text(), new Text())
		.setType(MethodDescriptor.MethodType.UNARY)
		.setFullMethodName("echo/Echo")
		.build();

	@Override
	public void start(int port, Behaviour behaviour) throws IOException {
		ServerServiceDefinition echo = ServerServiceDefinition.builder("echo")
			.addMethod(ECHO, ServerCalls.asyncUnaryCall((request, response) -> {
				response.onNext(request);
				response.onCompleted();
			}))
			.build();
		NettyServerBuilder.forPort(port).directExecutor().addService(echo).build().start();
	}

	/** Text as bytes, with nothing around it. */
	private static final class Text implements MethodDescriptor.Marshaller<String> {

		@Override
		public InputStream stream(String value) {
			return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
		}

		@Override
		public String parse(InputStream stream) {
			try {
				return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
