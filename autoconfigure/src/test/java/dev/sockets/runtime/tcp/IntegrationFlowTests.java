package dev.sockets.runtime.tcp;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.core.MessagingTemplate;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.dsl.context.IntegrationFlowContext;
import org.springframework.integration.ip.IpHeaders;
import org.springframework.integration.ip.tcp.connection.TcpConnection;
import org.springframework.integration.ip.tcp.connection.TcpConnectionCloseEvent;
import org.springframework.integration.ip.tcp.connection.TcpConnectionOpenEvent;
import org.springframework.integration.ip.tcp.connection.TcpSender;
import org.springframework.integration.ip.tcp.inbound.TcpInboundGateway;
import org.springframework.integration.ip.tcp.inbound.TcpReceivingChannelAdapter;
import org.springframework.integration.ip.tcp.outbound.TcpOutboundGateway;
import org.springframework.integration.ip.tcp.outbound.TcpSendingMessageHandler;
import org.springframework.integration.support.MessageBuilder;
import org.springframework.messaging.Message;

import dev.sockets.SocketErrorCode;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.runtime.tcp.client.DefaultTcpClient;
import dev.sockets.runtime.tcp.server.DefaultTcpServer;
import dev.sockets.tcp.MessageObserver;
import dev.sockets.tcp.Reconnect;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.testkit.TestedEngine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Adapters, gateways and flows of Spring Integration work on our endpoints.
 */
@Timeout(60)
class IntegrationFlowTests {

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Flows.class);

	private final ExecutorService threads = TestEndpoints.handlerThreads();

	private final EndpointRuntime runtime = new EndpointRuntime(TestedEngine.loops(1), (endpoint) -> this.threads,
			this.context, MessageObserver.NONE);

	private IntegrationFlowContext flows;

	private TcpServer server;

	@BeforeEach
	void server() {
		this.flows = this.context.getBean(IntegrationFlowContext.class);
		this.server = new DefaultTcpServer(TcpServerSettings.builder("server").host("127.0.0.1").port(0).build(),
				this.runtime);
	}

	@AfterEach
	void stop() {
		this.server.stop();
		this.context.close();
		this.threads.shutdownNow();
	}

	@Test
	void whenInboundGatewayUsesServerThenItsFlowAnswers() {
		inboundGateway();
		assertThat(this.server.isRunning()).isTrue();
		try (Peer peer = new Peer(this.server); Peer other = new Peer(this.server)) {
			for (int i = 0; i < 100; i++) {
				assertThat(peer.ask("a" + i)).isEqualTo("A" + i);
				assertThat(other.ask("b" + i)).isEqualTo("B" + i);
			}
			peer.send(IntStream.range(0, 100).mapToObj((i) -> "c" + i).toArray(String[]::new));
			for (int i = 0; i < 100; i++) {
				assertThat(peer.readLine()).isEqualTo("C" + i);
			}
		}
	}

	@Test
	void whenAdaptersUseServerThenMessagesGoBothWaysByConnection() {
		Queue<Message<?>> received = new ConcurrentLinkedQueue<>();
		TcpReceivingChannelAdapter adapter = new TcpReceivingChannelAdapter();
		adapter.setConnectionFactory(this.server.getConnectionFactory());
		this.flows.registration(IntegrationFlow.from(adapter).handle(received::add).get()).register();
		TcpSendingMessageHandler sending = new TcpSendingMessageHandler();
		sending.setConnectionFactory(this.server.getConnectionFactory());
		DirectChannel out = new DirectChannel();
		this.flows.registration(IntegrationFlow.from(out).handle(sending).get()).register();
		try (Peer peer = new Peer(this.server); Peer other = new Peer(this.server)) {
			peer.send("one");
			other.send("two");
			Awaitility.await().until(() -> received.size() == 2);
			for (Message<?> message : received) {
				assertThat(message.getHeaders()).containsKeys(IpHeaders.CONNECTION_ID, IpHeaders.REMOTE_PORT,
						IpHeaders.HOSTNAME, IpHeaders.IP_ADDRESS);
				out.send(MessageBuilder.withPayload("got " + message.getPayload())
					.setHeader(IpHeaders.CONNECTION_ID, message.getHeaders().get(IpHeaders.CONNECTION_ID))
					.build());
			}
			assertThat(peer.readLine()).isEqualTo("got one");
			assertThat(other.readLine()).isEqualTo("got two");
		}
	}

	@Test
	void whenOutboundGatewayUsesClientThenItGetsItsReplies() {
		inboundGateway();
		TcpClient client = client();
		TcpOutboundGateway gateway = new TcpOutboundGateway();
		gateway.setConnectionFactory(client.getConnectionFactory());
		DirectChannel requests = new DirectChannel();
		this.flows.registration(IntegrationFlow.from(requests).handle(gateway).get()).register();
		MessagingTemplate template = new MessagingTemplate();
		template.setReceiveTimeout(30_000);
		for (int i = 0; i < 100; i++) {
			assertThat(template.convertSendAndReceive(requests, "question " + i, String.class))
				.isEqualTo("QUESTION " + i);
		}
		assertThat(this.server.getConnections()).hasSize(1);
		client.stop();
	}

	@Test
	void whenListenersOfItsEventsThrowThenConnectionsStillOpenAndCloseInOrder() {
		CountDownLatch disconnected = new CountDownLatch(1);
		this.context.addApplicationListener(new ApplicationListener<TcpConnectionOpenEvent>() {
			@Override
			public void onApplicationEvent(TcpConnectionOpenEvent event) {
				throw new IllegalStateException("on purpose");
			}
		});
		this.context.addApplicationListener(new ApplicationListener<TcpConnectionCloseEvent>() {
			@Override
			public void onApplicationEvent(TcpConnectionCloseEvent event) {
				throw new IllegalStateException("on purpose");
			}
		});
		this.context.addApplicationListener(new ApplicationListener<DisconnectedEvent>() {
			@Override
			public void onApplicationEvent(DisconnectedEvent event) {
				disconnected.countDown();
			}
		});
		inboundGateway();
		try (Peer peer = new Peer(this.server)) {
			assertThat(peer.ask("a")).isEqualTo("A");
		}
		Awaitility.await().until(() -> disconnected.getCount() == 0);
		Awaitility.await().until(() -> this.server.getConnectionFactory().getOpenConnectionIds().isEmpty());
	}

	@Test
	void whenAnAdapterThrowsAtANewConnectionThenTheConnectionIsReadAndClosedAllTheSame() {
		this.server.getConnectionFactory().registerSender(new TcpSender() {
			@Override
			public void addNewConnection(TcpConnection connection) {
				throw new IllegalStateException("on purpose");
			}
		});
		Queue<Object> received = new ConcurrentLinkedQueue<>();
		this.server.addHandler((connection, payload) -> received.add(payload) ? "got it" : null);
		this.server.start();
		try (Peer peer = new Peer(this.server)) {
			assertThat(peer.ask("a")).isEqualTo("got it");
			assertThat(this.server.recentFailures()).anySatisfy((failure) -> {
				assertThat(failure.code()).isEqualTo(SocketErrorCode.HANDLER_FAILED);
				assertThat(failure.message()).contains("on purpose");
			});
		}
		Awaitility.await().until(() -> this.server.getConnections().isEmpty());
	}

	private void inboundGateway() {
		TcpInboundGateway gateway = new TcpInboundGateway();
		gateway.setConnectionFactory(this.server.getConnectionFactory());
		this.flows.registration(IntegrationFlow.from(gateway).<String, String>transform(String::toUpperCase).get())
			.register();
	}

	private TcpClient client() {
		return new DefaultTcpClient(TcpClientSettings.builder("client")
			.host("127.0.0.1")
			.port(this.server.getLocalAddress().getPort())
			.reconnect(Reconnect.OFF)
			.build(), this.runtime);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableIntegration
	static class Flows {

	}

}
