package dev.sockets.autoconfigure;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Peer;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.Patience;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What tracing makes of observed messages: the kinds of their spans, and their peers.
 */
class SocketSpansTests {

	private final Contexts contexts = new Contexts(new ConcurrentHashMap<>());

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, SocketsAutoConfiguration.class,
				SocketsObservationAutoConfiguration.class))
		.withPropertyValues("sockets.observations.enabled=true", "sockets.tcp.server-defaults.request-timeout=30s",
				"sockets.tcp.client-defaults.request-timeout=30s")
		.withBean(ObservationRegistry.class, this::registry);

	@ParameterizedTest
	@CsvSource({ "127.0.0.1, 127.0.0.1, tcp://127.0.0.1:", "::1, 0:0:0:0:0:0:0:1, tcp://[0:0:0:0:0:0:0:1]:" })
	void whenAServerIsAskedThenTheSpanIsOfAServerAndHasThePeer(String host, String address, String uri) {
		this.contextRunner.withPropertyValues("sockets.tcp.server.echo.port=0", "sockets.tcp.server.echo.host=" + host)
			.withUserConfiguration(EchoConfiguration.class)
			.run((context) -> {
				TcpServer server = context.getBean(TcpServer.class);
				try (Socket socket = new Socket(host, server.getLocalAddress().getPort())) {
					say(socket, "hello\n");
					ReceiverContext<Connection> received = this.contexts.awaitReceiver("sockets.receive");
					assertThat(received.getKind()).isEqualTo(Kind.SERVER);
					assertThat(received.getRemoteServiceAddress()).isEqualTo(uri + socket.getLocalPort());
					assertThat(peer(received)).isEqualTo(address + " " + socket.getLocalPort());
					SenderContext<Connection> sent = this.contexts.awaitSender("sockets.send");
					assertThat(sent.getKind()).isEqualTo(Kind.PRODUCER);
					assertThat(sent.getRemoteServiceAddress()).isEqualTo(uri + socket.getLocalPort());
					assertThat(peer(sent)).isEqualTo(address + " " + socket.getLocalPort());
				}
			});
	}

	@Test
	void whenAClientAsksOrIsToldThenSpansAreOfAClientAndAConsumer() throws IOException {
		try (ServerSocket peer = new ServerSocket(0)) {
			this.contextRunner.withPropertyValues("sockets.tcp.client.caller.port=" + peer.getLocalPort())
				.run((context) -> {
					try (Socket socket = peer.accept()) {
						TcpClient client = context.getBean(TcpClient.class);
						Awaitility.await().until(client::isConnected);
						CompletableFuture<String> answer = client.requestAsync("why?");
						say(socket, "because\nnews\n");
						assertThat(answer).succeedsWithin(Patience.SOON).isEqualTo("because");
						assertThat(this.contexts.awaitSender("sockets.request").getKind()).isEqualTo(Kind.CLIENT);
						assertThat(this.contexts.awaitReceiver("sockets.receive").getKind()).isEqualTo(Kind.CONSUMER);
					}
				});
		}
	}

	@Test
	void whenAClientIsAskedByOpcodeThenTheSpanIsOfAServerUnlessItIsOnlyTold() {
		this.contextRunner
			.withPropertyValues("sockets.tcp.server.base.port=0", "sockets.tcp.server.base.profile=rpc",
					"sockets.tcp.client.arm.profile=rpc", "sockets.tcp.client.arm.port=1",
					"sockets.tcp.client.arm.auto-startup=false")
			.run((context) -> {
				TcpServer base = context.getBean(TcpServer.class);
				TcpClient arm = context.getBean(TcpClient.class);
				arm.rpc().bind(1, (request) -> "done");
				arm.connect(new Peer("localhost", base.getLocalAddress().getPort()));
				Awaitility.await().until(() -> base.getConnections().size() == 1);
				assertThat(base.rpc().<String>execute(1)).isEqualTo("done");
				assertThat(this.contexts.awaitReceiver("sockets.receive").getKind()).isEqualTo(Kind.SERVER);
				assertThat(this.contexts.awaitSender("sockets.request").getKind()).isEqualTo(Kind.CLIENT);
				this.contexts.ended().clear();
				base.rpc().tell(1);
				assertThat(this.contexts.awaitReceiver("sockets.receive").getKind()).isEqualTo(Kind.CONSUMER);
			});
	}

	@Test
	void whenTracingLooksForATraceThenNoWireHasOneAndNoneIsWritten() {
		this.contextRunner.withPropertyValues("sockets.tcp.server.echo.port=0")
			.withUserConfiguration(EchoConfiguration.class)
			.run((context) -> {
				assertThat(EchoConfiguration.ask(context.getBean(TcpServer.class), "hello")).isEqualTo("echo hello");
				ReceiverContext<Connection> received = this.contexts.awaitReceiver("sockets.receive");
				assertThat(received.getGetter().get(received.getCarrier(), "traceparent")).isNull();
				SenderContext<Connection> sent = this.contexts.awaitSender("sockets.send");
				sent.getSetter().set(sent.getCarrier(), "traceparent", "00-1-1-01");
			});
	}

	private ObservationRegistry registry() {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(this.contexts);
		return registry;
	}

	private static void say(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
	}

	private static String peer(Observation.Context context) {
		return context.getHighCardinalityKeyValue("network.peer.address").getValue() + " "
				+ context.getHighCardinalityKeyValue("network.peer.port").getValue();
	}

	/**
	 * Keeps the last observation of each name that has ended.
	 *
	 * @param ended the observations, by name
	 */
	private record Contexts(Map<String, Observation.Context> ended) implements ObservationHandler<Observation.Context> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

		@Override
		public void onStop(Observation.Context context) {
			this.ended.put(context.getName(), context);
		}

		@SuppressWarnings("unchecked")
		private ReceiverContext<Connection> awaitReceiver(String name) {
			return (ReceiverContext<Connection>) await(name);
		}

		@SuppressWarnings("unchecked")
		private SenderContext<Connection> awaitSender(String name) {
			return (SenderContext<Connection>) await(name);
		}

		private Observation.Context await(String name) {
			return Awaitility.await().until(() -> this.ended.get(name), (context) -> context != null);
		}

	}

}
