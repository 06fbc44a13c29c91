package dev.sockets.autoconfigure;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import dev.sockets.annotation.SocketListener;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Peer;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.Patience;
import dev.sockets.udp.UdpReceiver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoint and the connection in what handlers log.
 */
class HandlerContextTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, SocketsAutoConfiguration.class))
		.withPropertyValues("sockets.tcp.server.echo.port=0", "sockets.tcp.server-defaults.request-timeout=30s",
				"sockets.tcp.client-defaults.request-timeout=30s");

	@ParameterizedTest
	@ValueSource(strings = { "auto", "loop", "thread" })
	void whenMdcIsOnThenHandlersHaveTheirEndpointAndConnectionAndLeaveNothing(String dispatch) {
		this.contextRunner.withUserConfiguration(Handlers.class)
			.withPropertyValues("sockets.tcp.server.echo.mdc=true", "sockets.tcp.server.echo.dispatch=" + dispatch,
					"sockets.tcp.server.plain.port=0", "sockets.tcp.server.plain.dispatch=" + dispatch)
			.run((context) -> {
				Handlers handlers = context.getBean(Handlers.class);
				TcpServer server = context.getBean("echo", TcpServer.class);
				String own;
				try (Socket socket = connect(server)) {
					own = "{socket.connection=" + connection(server).getId() + ", socket.endpoint=echo}";
					assertThat(ask(socket, "one")).isEqualTo(own);
					assertThat(ask(socket, "two")).isEqualTo(own);
					assertThat(handlers.opened).containsExactly(own);
				}
				Awaitility.await().untilAsserted(() -> assertThat(handlers.closed).containsExactly(own));
				try (Socket socket = connect(context.getBean("plain", TcpServer.class))) {
					assertThat(ask(socket, "one")).isEqualTo("{}");
				}
			});
	}

	@Test
	void whenAnAnswerComesLaterThenNothingIsLeftToWhoCompletesIt() {
		this.contextRunner.withUserConfiguration(Later.class)
			.withPropertyValues("sockets.tcp.server.echo.mdc=true")
			.run((context) -> {
				TcpServer server = context.getBean(TcpServer.class);
				try (Socket socket = connect(server)) {
					assertThat(ask(socket, "one")).isEqualTo("{}");
					CompletableFuture<String> seen = connection(server).<String>requestAsync("why?")
						.thenApply((answer) -> texts());
					assertThat(read(socket)).isEqualTo("why?");
					say(socket, "because");
					assertThat(seen).succeedsWithin(Patience.SOON).isEqualTo("{}");
				}
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "auto", "thread" })
	void whenRequestsAreExecutedByOpcodeThenTheirHandlersHaveThemToo(String dispatch) {
		this.contextRunner
			.withPropertyValues("sockets.tcp.server-defaults.profile=rpc", "sockets.tcp.server.echo.mdc=true",
					"sockets.tcp.server.echo.dispatch=" + dispatch, "sockets.tcp.client.arm.profile=rpc",
					"sockets.tcp.client.arm.port=1", "sockets.tcp.client.arm.auto-startup=false")
			.run((context) -> {
				TcpServer server = context.getBean(TcpServer.class);
				TcpClient arm = context.getBean(TcpClient.class);
				server.rpc().bind(1, (request) -> texts());
				arm.connect(new Peer("localhost", server.getLocalAddress().getPort()));
				for (int i = 0; i < 100; i++) {
					assertThat(arm.rpc().<String>execute(1))
						.isEqualTo("{socket.connection=" + connection(server).getId() + ", socket.endpoint=echo}");
				}
			});
	}

	@Test
	void whenADatagramIsReceivedThenItsHandlerHasTheEndpoint() {
		this.contextRunner.withUserConfiguration(Scale.class)
			.withPropertyValues("sockets.udp.receiver.scale.port=0", "sockets.udp.receiver.scale.mdc=true")
			.run((context) -> {
				int port = context.getBean(UdpReceiver.class).getLocalAddress().getPort();
				try (DatagramSocket socket = new DatagramSocket()) {
					socket.send(new DatagramPacket("7".getBytes(StandardCharsets.US_ASCII), 1,
							InetAddress.getLoopbackAddress(), port));
				}
				Queue<String> seen = context.getBean(Scale.class).seen;
				Awaitility.await().untilAsserted(() -> assertThat(seen).containsExactly("{socket.endpoint=scale}"));
			});
	}

	private static Connection connection(TcpServer server) {
		Awaitility.await().until(() -> server.getConnections().size() == 1);
		return server.getConnections().iterator().next();
	}

	private static Socket connect(TcpServer server) throws Exception {
		Socket socket = new Socket("localhost", server.getLocalAddress().getPort());
		socket.setSoTimeout((int) Patience.SOON.toMillis());
		return socket;
	}

	private static String ask(Socket socket, String line) throws Exception {
		say(socket, line);
		return read(socket);
	}

	private static void say(Socket socket, String line) throws Exception {
		socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
	}

	private static String read(Socket socket) throws Exception {
		StringBuilder line = new StringBuilder();
		int next;
		while ((next = socket.getInputStream().read()) != '\n') {
			assertThat(next).isNotNegative();
			line.append((char) next);
		}
		return line.toString();
	}

	/** What the calling thread would log with. */
	private static String texts() {
		Map<String, String> texts = MDC.getCopyOfContextMap();
		return (texts != null) ? new TreeMap<>(texts).toString() : "{}";
	}

	@Configuration(proxyBeanMethods = false)
	static class Handlers {

		private final Queue<String> opened = new ConcurrentLinkedQueue<>();

		private final Queue<String> closed = new ConcurrentLinkedQueue<>();

		@SocketListener("echo")
		String echo(String line) {
			return texts();
		}

		@SocketListener("plain")
		String plain(String line) {
			return texts();
		}

		@EventListener(condition = "event.endpoint == 'echo'")
		void on(ConnectedEvent event) {
			this.opened.add(texts());
		}

		@EventListener(condition = "event.endpoint == 'echo'")
		void on(DisconnectedEvent event) {
			this.closed.add(texts());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Later {

		@SocketListener("echo")
		CompletableFuture<String> echo(String line) {
			return CompletableFuture.supplyAsync(HandlerContextTests::texts,
					CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Scale {

		private final Queue<String> seen = new ConcurrentLinkedQueue<>();

		@SocketListener("scale")
		void on(String weight) {
			this.seen.add(texts());
		}

	}

}
