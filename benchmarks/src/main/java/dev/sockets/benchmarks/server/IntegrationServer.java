package dev.sockets.benchmarks.server;

import java.nio.charset.StandardCharsets;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.ip.dsl.Tcp;
import org.springframework.integration.ip.dsl.TcpServerConnectionFactorySpec;
import org.springframework.integration.ip.tcp.connection.AbstractServerConnectionFactory;
import org.springframework.integration.ip.tcp.serializer.TcpCodecs;

/**
 * Spring Integration: a gateway whose flow answers.
 */
final class IntegrationServer implements Server {

	private final boolean nio;

	IntegrationServer(boolean nio) {
		this.nio = nio;
	}

	@Override
	public void start(int port, Behaviour behaviour) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.register(Application.class);
		context.registerBean("echo", IntegrationFlow.class, () -> flow(port, behaviour));
		context.refresh();
		awaitListening(context.getBean(AbstractServerConnectionFactory.class));
	}

	private static void awaitListening(AbstractServerConnectionFactory server) {
		while (!server.isListening()) {
			Thread.onSpinWait();
		}
	}

	private IntegrationFlow flow(int port, Behaviour behaviour) {
		TcpServerConnectionFactorySpec<?, ?> server = this.nio ? Tcp.nioServer(port) : Tcp.netServer(port);
		server.backlog(Loops.BACKLOG).serializer(TcpCodecs.lf()).deserializer(TcpCodecs.lf()).soTcpNoDelay(true);
		return IntegrationFlow.from(Tcp.inboundGateway(server))
			.handle(byte[].class,
					(line, headers) -> behaviour.answer(new String(line, StandardCharsets.UTF_8))
						.getBytes(StandardCharsets.UTF_8))
			.get();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableIntegration
	static class Application {

	}

}
