package dev.sockets.benchmarks.server;

import java.time.Duration;

import io.rsocket.SocketAcceptor;
import io.rsocket.core.RSocketServer;
import io.rsocket.frame.decoder.PayloadDecoder;
import io.rsocket.transport.netty.server.TcpServerTransport;
import reactor.core.publisher.Mono;

/**
 * RSocket: each request is answered with its own payload, which is not copied.
 */
final class RSocketEchoServer implements Server {

	@Override
	public void start(int port, Behaviour behaviour) {
		RSocketServer.create(SocketAcceptor.forRequestResponse(Mono::just))
			.payloadDecoder(PayloadDecoder.ZERO_COPY)
			.bind(TcpServerTransport.create("0.0.0.0", port))
			.block(Duration.ofSeconds(10));
	}

}
