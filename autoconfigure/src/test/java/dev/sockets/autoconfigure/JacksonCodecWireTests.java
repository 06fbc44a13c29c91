package dev.sockets.autoconfigure;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import dev.sockets.SocketErrorCode;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Objects on the wire, and what a foreign peer has to send and gets.
 */
class JacksonCodecWireTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, SocketsAutoConfiguration.class))
		.withUserConfiguration(Listeners.class);

	public record Order(String item, int count) {
	}

	@Test
	void whenCodecIsJsonThenRecordComesAndGoesAsJson() {
		this.contextRunner.withPropertyValues("spring.jackson.property-naming-strategy=UPPER_CAMEL_CASE")
			.withInitializer(server("codec: json", "framing: length4", "payload-type: " + Order.class.getName()))
			.run((context) -> {
				byte[] answer = ask(context.getBean(TcpServer.class), "{\"Item\":\"tea\",\"Count\":2}".getBytes());
				assertThat(answer).asString(StandardCharsets.UTF_8).isEqualTo("{\"Item\":\"tea\",\"Count\":3}");
				List<String> received = context.getBean(Listeners.class).received;
				Awaitility.await().untilAsserted(() -> assertThat(received).containsExactly("order", "any"));
			});
	}

	@Test
	void whenJsonHasNoPayloadTypeThenListenerOfMapsGetsIt() {
		this.contextRunner.withInitializer(server("codec: json", "framing: stream")).run((context) -> {
			try (Socket socket = connect(context.getBean(TcpServer.class))) {
				socket.getOutputStream().write(" {\"a\":1}\n[2]".getBytes(StandardCharsets.UTF_8));
				assertThat(socket.getInputStream().readNBytes(7)).asString().isEqualTo("{\"a\":1}");
			}
			Listeners listeners = context.getBean(Listeners.class);
			Awaitility.await().until(() -> listeners.received.size() == 4);
			assertThat(listeners.received).containsExactly("map", "any", "list", "any");
		});
	}

	@Test
	void whenCodecIsCborThenRecordComesAndGoesAsCbor() {
		this.contextRunner
			.withInitializer(server("codec: cbor", "framing: length4", "payload-type: " + Order.class.getName()))
			.run((context) -> {
				CBORMapper peer = new CBORMapper();
				byte[] question = peer.writeValueAsBytes(Map.of("item", "tea", "count", 9));
				byte[] answer = ask(context.getBean(TcpServer.class), question);
				assertThat(peer.readValue(answer, Object.class)).isEqualTo(Map.of("item", "tea", "count", 10));
			});
	}

	@Test
	void whenClientSendsJsonThenPeerGetsItWithItsLength() throws IOException {
		try (ServerSocket peer = new ServerSocket(0)) {
			this.contextRunner.withInitializer(Yaml.of("""
					sockets.tcp.client.peer:
					  port: %d
					  codec: json
					  framing: length4
					""".formatted(peer.getLocalPort()))).run((context) -> {
				TcpClient client = context.getBean(TcpClient.class);
				Awaitility.await().until(client::isConnected);
				client.send(new Order("tea", 1));
				client.send("tea");
				peer.setSoTimeout(30_000);
				try (Socket socket = peer.accept()) {
					socket.setSoTimeout(30_000);
					assertThat(socket.getInputStream().readNBytes(37)).asString(StandardCharsets.ISO_8859_1)
						.isEqualTo("\0\0\0\30{\"item\":\"tea\",\"count\":1}\0\0\0\5\"tea\"");
				}
			});
		}
	}

	@Test
	void whenFrameIsNoJsonOrTooDeepThenItIsAnErrorAndTheConnectionStays() {
		this.contextRunner.withInitializer(server("codec: json", "framing: length4", "max-frame-size: 1MB"))
			.run((context) -> {
				Listeners listeners = context.getBean(Listeners.class);
				try (Socket socket = connect(context.getBean(TcpServer.class))) {
					write(socket, "[".repeat(100_000).getBytes());
					write(socket, "{".getBytes());
					write(socket, "{}".getBytes());
					assertThat(read(socket)).asString().isEqualTo("{}");
				}
				assertThat(listeners.errors).hasSize(2).containsOnly(SocketErrorCode.CODEC_FAILED);
			});
	}

	@Test
	void whenJacksonIsAbsentThenFailureNamesDependency() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(JsonMapper.class))
			.withInitializer(server("codec: json"))
			.run((context) -> assertThat(context.getStartupFailure()).hasStackTraceContaining(
					"'sockets.tcp.server.echo.codec' is 'json' but must be another one, unless Jackson is on the class "
							+ "path: add the dependency org.springframework.boot:spring-boot-starter-jackson"));
		this.contextRunner.withClassLoader(new FilteredClassLoader(CBORMapper.class))
			.withInitializer(server("codec: cbor", "framing: length4"))
			.run((context) -> assertThat(context.getStartupFailure()).hasStackTraceContaining(
					"'sockets.tcp.server.echo.codec' is 'cbor' but must be another one, unless Jackson is on the class "
							+ "path: add the dependency tools.jackson.dataformat:jackson-dataformat-cbor"));
	}

	private static Yaml server(String... lines) {
		return Yaml.of("sockets.tcp.server.echo:\n  port: 0\n  " + String.join("\n  ", lines));
	}

	private static byte[] ask(TcpServer server, byte[] payload) throws IOException {
		try (Socket socket = connect(server)) {
			write(socket, payload);
			return read(socket);
		}
	}

	private static Socket connect(TcpServer server) throws IOException {
		Socket socket = new Socket("localhost", server.getLocalAddress().getPort());
		socket.setSoTimeout(30_000);
		return socket;
	}

	private static void write(Socket socket, byte[] payload) throws IOException {
		OutputStream out = socket.getOutputStream();
		out.write(ByteBuffer.allocate(4).putInt(payload.length).array());
		out.write(payload);
	}

	private static byte[] read(Socket socket) throws IOException {
		DataInputStream in = new DataInputStream(socket.getInputStream());
		return in.readNBytes(in.readInt());
	}

	@Configuration(proxyBeanMethods = false)
	static class Listeners {

		private final List<String> received = new CopyOnWriteArrayList<>();

		private final List<SocketErrorCode> errors = new CopyOnWriteArrayList<>();

		@EventListener
		@org.springframework.core.annotation.Order(1)
		void order(MessageReceivedEvent<Order> event) {
			this.received.add("order");
			event.reply(new Order(event.getPayload().item(), event.getPayload().count() + 1));
		}

		@EventListener
		@org.springframework.core.annotation.Order(1)
		void map(MessageReceivedEvent<Map<String, Object>> event) {
			this.received.add("map");
			event.reply(event.getPayload());
		}

		@EventListener
		@org.springframework.core.annotation.Order(1)
		void list(MessageReceivedEvent<List<Object>> event) {
			this.received.add("list");
		}

		@EventListener
		@org.springframework.core.annotation.Order(2)
		void any(MessageReceivedEvent<?> event) {
			this.received.add("any");
		}

		@EventListener
		void error(MessageErrorEvent event) {
			this.errors.add(event.getCode());
		}

	}

}
