package dev.sockets.autoconfigure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import dev.sockets.SocketErrorCode;
import dev.sockets.codec.PickledObject;
import dev.sockets.codec.pickle.PickleCodec;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.framing.FrameWindow;
import dev.sockets.framing.Framings;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pickles on the wire: a program in Python, and peers that mean no good.
 */
@Timeout(120)
class PickleCodecWireTests {

	private static final String PROGRAM = """
			import pickle, socket, sys, types
			shop = types.ModuleType('shop')
			sys.modules['shop'] = shop
			exec('class Order:\\n  pass\\nclass Item:\\n  pass', shop.__dict__)
			order, item = shop.Order(), shop.Item()
			order.item, order.count = 'tea', 2
			item.x = 1.5
			stream = socket.create_connection(('127.0.0.1', int(sys.argv[1])), 60).makefile('rwb')
			for protocol in range(6):
			    for value in (order, item, None, [(1, 'ä'), {b'k': {2}}], b'.' * 2000):
			        pickle.dump(value, stream, protocol)
			        stream.flush()
			        back = pickle.load(stream)
			        if value is order:
			            assert type(back) is shop.Order and back.count == 3, vars(back)
			        elif value is item:
			            assert type(back) is shop.Item and vars(back) == {'x': 1.5}, back
			        else:
			            assert back == value and type(back) is type(value), back
			print('equal')
			""";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
		.withUserConfiguration(Listeners.class)
		.withInitializer(Yaml.of("""
				sockets.tcp.server.shop:
				  port: 0
				  framing: stream
				  codec: pickle
				  pickle.classes:
				    shop.Order: %s
				""".formatted(Order.class.getName())));

	record Order(String item, int count) {
	}

	@Test
	void whenPythonSendsObjectsThenTheyComeAndGoBack(@TempDir Path directory) {
		this.contextRunner.run((context) -> {
			Path program = Files.writeString(directory.resolve("program.py"), PROGRAM);
			int port = context.getBean(TcpServer.class).getLocalAddress().getPort();
			assertThat(output("python3", program.toString(), String.valueOf(port))).isEqualTo("equal\n");
			assertThat(context.getBean(Listeners.class).orders).hasSize(6).containsOnly(new Order("tea", 2));
			assertThat(context.getBean(Listeners.class).objects).hasSize(6)
				.allSatisfy((object) -> assertThat(object.type()).isEqualTo("shop.Item"));
		});
	}

	private static String output(String... command) throws IOException {
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			Assumptions.abort("python3 is not installed");
			throw ex;
		}
	}

	@Test
	void whenPickleIsHostileThenItIsAnErrorAndTheConnectionStays() {
		this.contextRunner.run((context) -> {
			Listeners listeners = context.getBean(Listeners.class);
			try (Socket socket = connect(context.getBean(TcpServer.class))) {
				write(socket, "]q\0h\0a.");
				write(socket, "N" + "\u0085".repeat(10_000) + ".");
				write(socket, "Nr\u00ff\u00ff\u00ff\u007f.");
				write(socket, "cos\nsystem\n(S'touch /tmp/pwned'\ntR.");
				write(socket, "K\7.");
				assertThat(decode(socket)).isEqualTo(PickledObject.call("os", "system", "touch /tmp/pwned"));
				assertThat(decode(socket)).isEqualTo(7);
			}
			assertThat(listeners.errors).hasSize(3).containsOnly(SocketErrorCode.CODEC_FAILED);
			assertThat(listeners.objects).containsExactly(PickledObject.call("os", "system", "touch /tmp/pwned"));
		});
	}

	@Test
	void whenBytesAreNoPickleOrTooLongThenConnectionIsClosed() {
		this.contextRunner.run((context) -> {
			Listeners listeners = context.getBean(Listeners.class);
			for (String bytes : List.of("\u00ff", "B\u00ff\u00ff\u00ff\u007f", "\u008e\0\0\0\0\0\0\0\u0040")) {
				try (Socket socket = connect(context.getBean(TcpServer.class))) {
					write(socket, bytes);
					assertThat(socket.getInputStream().read()).isEqualTo(-1);
				}
			}
			Awaitility.await().until(() -> listeners.errors.size() == 3);
			assertThat(listeners.errors).containsExactly(SocketErrorCode.MALFORMED_FRAME,
					SocketErrorCode.FRAME_TOO_LARGE, SocketErrorCode.FRAME_TOO_LARGE);
		});
	}

	private static Socket connect(TcpServer server) throws IOException {
		Socket socket = new Socket("localhost", server.getLocalAddress().getPort());
		socket.setSoTimeout(30_000);
		return socket;
	}

	private static void write(Socket socket, String latin1) throws IOException {
		socket.getOutputStream().write(latin1.getBytes(StandardCharsets.ISO_8859_1));
	}

	/**
	 * Reads one answer, byte by byte.
	 */
	private static Object decode(Socket socket) throws IOException {
		ByteArrayOutputStream pickle = new ByteArrayOutputStream();
		FrameWindow window = new FrameWindow();
		do {
			pickle.write(socket.getInputStream().read());
			window.reset(pickle.toByteArray(), 0, pickle.size(), 0, 1000);
		}
		while (!Framings.pickleStream().next(window));
		return PickleCodec.builder().build().decode(pickle.toByteArray(), 0, pickle.size());
	}

	@Configuration(proxyBeanMethods = false)
	static class Listeners {

		private final List<Order> orders = new CopyOnWriteArrayList<>();

		private final List<PickledObject> objects = new CopyOnWriteArrayList<>();

		private final List<SocketErrorCode> errors = new CopyOnWriteArrayList<>();

		@EventListener
		void any(MessageReceivedEvent<?> event) {
			if (event.getPayload() instanceof Order order) {
				this.orders.add(order);
				event.reply(new Order(order.item(), order.count() + 1));
				return;
			}
			if (event.getPayload() instanceof PickledObject object) {
				this.objects.add(object);
			}
			event.reply((event.getPayload() instanceof Optional<?> none) ? none.orElse(null) : event.getPayload());
		}

		@EventListener
		void error(MessageErrorEvent event) {
			this.errors.add(event.getCode());
		}

	}

}
