package dev.sockets.benchmarks.server;

import java.time.Duration;
import java.util.Objects;

import io.rsocket.Payload;
import io.rsocket.RSocket;
import io.rsocket.core.RSocketConnector;
import io.rsocket.frame.decoder.PayloadDecoder;
import io.rsocket.transport.netty.client.TcpClientTransport;
import io.rsocket.util.DefaultPayload;
import org.jspecify.annotations.Nullable;

/**
 * RSocket: request/response on one connection, each awaited.
 */
final class RSocketClient implements RequestClient {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private @Nullable RSocket rsocket;

	@Override
	public void connect(int port) {
		this.rsocket = RSocketConnector.create()
			.payloadDecoder(PayloadDecoder.ZERO_COPY)
			.connect(TcpClientTransport.create("localhost", port))
			.block(Duration.ofSeconds(10));
	}

	@Override
	public String request(String line) {
		return Objects.requireNonNull(Objects.requireNonNull(this.rsocket)
			.requestResponse(DefaultPayload.create(line))
			.map(RSocketClient::text)
			.block(TIMEOUT));
	}

	private static String text(Payload payload) {
		try {
			return payload.getDataUtf8();
		}
		finally {
			payload.release();
		}
	}

}
