package dev.sockets.benchmarks.server;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.ip.dsl.Tcp;
import org.springframework.integration.ip.tcp.serializer.TcpCodecs;

/**
 * Spring Integration: an outbound gateway on one connection, behind an interface.
 */
final class IntegrationRequestClient implements RequestClient {

	private static final int TIMEOUT_MILLIS = (int) TimeUnit.SECONDS.toMillis(5);

	private @Nullable Asking asking;

	@Override
	public void connect(int port) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.register(Application.class);
		context.registerBean("requests", IntegrationFlow.class, () -> flow(port));
		context.refresh();
		this.asking = context.getBean(Asking.class);
	}

	private static IntegrationFlow flow(int port) {
		return IntegrationFlow.from(Asking.class)
			.handle(Tcp
				.outboundGateway(Tcp.netClient("localhost", port)
					.serializer(TcpCodecs.lf())
					.deserializer(TcpCodecs.lf())
					.soTcpNoDelay(true))
				.remoteTimeout(TIMEOUT_MILLIS))
			.get();
	}

	@Override
	public String request(String line) {
		byte[] answer = Objects.requireNonNull(this.asking).ask(line.getBytes(StandardCharsets.UTF_8));
		return new String(answer, StandardCharsets.UTF_8);
	}

	interface Asking {

		byte[] ask(byte[] line);

	}

	@Configuration(proxyBeanMethods = false)
	@EnableIntegration
	static class Application {

	}

}
