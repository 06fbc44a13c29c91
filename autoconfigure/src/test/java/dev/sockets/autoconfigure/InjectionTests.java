package dev.sockets.autoconfigure;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import com.jayway.jsonpath.JsonPath;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;

import dev.sockets.PrintableText;
import dev.sockets.SocketEndpoint;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.SocketEvent;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.rpc.ErrorDetail;
import dev.sockets.rpc.HandlerConcurrency;
import dev.sockets.rpc.RpcSettings;
import dev.sockets.rpc.WireFormat;
import dev.sockets.runtime.proxy.ProxyHeaders;
import dev.sockets.tcp.Profile;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Whatever text a peer sends, wherever it can: nowhere does it end a line, move a cursor
 * or turn the direction of writing where people read. Fault F26.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class InjectionTests {

	private static final String FORGED = "2026-01-01 ERROR forged";

	private static final String NASTY = "x\u001b[31m\r" + FORGED + "\u0085a\u2028b\u2029c\u202ed\u0000e";

	private static final String HARMFUL = "\u001b\r\u0085\u2028\u2029\u202e\u0000";

	private static final String SERVER = "sockets.tcp.server.";

	private static final String[] PROPERTIES = { "spring.output.ansi.enabled=never", "logging.level.dev.sockets=trace",
			"logging.level.sockets.wire=trace", SERVER + "texts.port=0", SERVER + "texts.framing=length4",
			SERVER + "json.port=0", SERVER + "json.profile=json", SERVER + "short.port=0",
			SERVER + "short.max-frame-size=10B", SERVER + "short.ban.after=1", SERVER + "opcodes.port=0",
			SERVER + "opcodes.profile=rpc", SERVER + "talks.port=0", SERVER + "talks.profile=tcptalks",
			SERVER + "talks.password=right", SERVER + "behind.port=0", SERVER + "behind.proxy-protocol=required",
			SERVER + "behind.proxy-protocol-from=127.0.0.1", "sockets.multicast.receiver.news.port=0",
			"sockets.multicast.receiver.news.codec=json" };

	private final Queue<String> events = new ConcurrentLinkedQueue<>();

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenPeersSendWhatForgesLinesThenItIsEscapedWhereverItIsShown(boolean observed, CapturedOutput output)
			throws Exception {
		try (ActuatorApplication application = new ActuatorApplication(PROPERTIES)) {
			if (observed) {
				application.addListener(new EventTexts());
			}
			throwAtMessages(application);
			sendNonsense(application);
			callUnknownOpcodes(application);
			authenticateWrongly(application);
			comeUnderABadName(application);
			forgeHeaders(application);
			sendDatagrams(application);
			assertActuatorIsHarmless(application);
		}
		assertThat(this.events).allSatisfy(InjectionTests::assertHarmless);
		assertThat(this.events.isEmpty()).isEqualTo(!observed);
		assertHarmless(output.getAll().replace("\n", ""));
		assertThat(output.getAll().lines()).noneMatch((line) -> line.strip().startsWith(FORGED));
		assertThat(output).contains("\\r" + FORGED + "\\u0085a\\u2028b\\u2029c\\u202ed");
	}

	private static void throwAtMessages(ActuatorApplication application) throws IOException {
		TcpServer server = server(application, "texts");
		server.addHandler((connection, payload) -> {
			throw new IllegalStateException("Cannot handle " + payload, new IllegalArgumentException(NASTY));
		});
		send(server, lengthPrefixed(NASTY));
		awaitFailure(server, SocketErrorCode.HANDLER_FAILED);
	}

	private static void sendNonsense(ActuatorApplication application) throws IOException {
		send(server(application, "json"), lengthPrefixed(NASTY));
		awaitFailure(server(application, "json"), SocketErrorCode.CODEC_FAILED);
		send(server(application, "short"), (NASTY + "\n").getBytes(StandardCharsets.UTF_8));
		awaitFailure(server(application, "short"), SocketErrorCode.FRAME_TOO_LARGE);
		Awaitility.await().until(() -> server(application, "short").getBans().size() == 1);
	}

	private static void callUnknownOpcodes(ActuatorApplication application) {
		TcpServer server = server(application, "opcodes");
		TcpClient client = application.endpoints()
			.registerClient(TcpClientSettings.builder("robot")
				.port(server.getLocalAddress().getPort())
				.profile(Profile.RPC)
				.build());
		Awaitility.await().until(client::isConnected);
		assertThatExceptionOfType(SocketOperationException.class)
			.isThrownBy(() -> client.rpc().execute(NASTY, Duration.ofSeconds(30), NASTY));
		server.rpc().bind(7, (request) -> {
			throw new IllegalStateException(NASTY);
		});
		assertThatExceptionOfType(SocketOperationException.class)
			.isThrownBy(() -> client.rpc().execute(7, Duration.ofSeconds(30), NASTY));
		client.rpc().tell(NASTY, NASTY);
		Awaitility.await().until(() -> server.statistics().messages().failed().getOrDefault("UNKNOWN_OPCODE", 0L) >= 1);
	}

	private static void authenticateWrongly(ActuatorApplication application) {
		TcpServer server = server(application, "talks");
		TcpClient client = application.endpoints()
			.registerClient(TcpClientSettings.builder("stranger")
				.port(server.getLocalAddress().getPort())
				.profile(Profile.TCPTALKS)
				.connection((connection) -> connection.password(NASTY).healthRequired(false))
				.build());
		Awaitility.await()
			.until(() -> server.statistics().connections().rejected().getOrDefault("AUTHENTICATION", 0L) >= 1);
		Awaitility.await().until(() -> !client.recentFailures().isEmpty());
		application.endpoints().remove("stranger");
	}

	/** What a peer that has authenticated says of itself. */
	private static void comeUnderABadName(ActuatorApplication application) {
		TcpServer server = server(application, "talks");
		application.endpoints()
			.registerClient(TcpClientSettings.builder("known")
				.port(server.getLocalAddress().getPort())
				.profile(Profile.TCPTALKS)
				.connection((connection) -> connection.password("right")
					.rpc(new RpcSettings(WireFormat.TCPTALKS, NASTY, ErrorDetail.MESSAGE,
							HandlerConcurrency.CONCURRENT)))
				.build());
		Awaitility.await().until(() -> server.findConnectionByPeerId(NASTY).isPresent());
		server.rpc().bind("fail", (request) -> {
			throw new IllegalStateException("No answer to " + request.connection().getPeerId());
		});
		TcpClient client = application.endpoints().get("known").map(TcpClient.class::cast).orElseThrow();
		assertThatExceptionOfType(SocketOperationException.class)
			.isThrownBy(() -> client.rpc().execute("fail", Duration.ofSeconds(30)));
	}

	private static void forgeHeaders(ActuatorApplication application) throws IOException {
		TcpServer server = server(application, "behind");
		byte[] name = NASTY.getBytes(StandardCharsets.UTF_8);
		byte[] field = new byte[3 + name.length];
		field[0] = 0x02;
		field[2] = (byte) name.length;
		System.arraycopy(name, 0, field, 3, name.length);
		byte[] header = ProxyHeaders.binary(0x21, 0x11, ProxyHeaders.addresses("192.0.2.1", 7, field));
		try (Socket socket = connect(server)) {
			socket.getOutputStream().write(header);
			socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.UTF_8));
			assertThat(socket.getInputStream().readNBytes(10)).isEqualTo("echo hello".getBytes(StandardCharsets.UTF_8));
		}
		send(server, ("PROXY TCP4 " + NASTY + "\r\n").getBytes(StandardCharsets.UTF_8));
		Awaitility.await()
			.until(() -> server.statistics().connections().rejected().getOrDefault("PROXY_HEADER", 0L) >= 1);
	}

	private static void sendDatagrams(ActuatorApplication application) throws IOException {
		MulticastReceiver receiver = application.endpoints()
			.get("news")
			.map(MulticastReceiver.class::cast)
			.orElseThrow();
		byte[] bytes = NASTY.getBytes(StandardCharsets.UTF_8);
		try (DatagramSocket socket = new DatagramSocket()) {
			socket.send(new DatagramPacket(bytes, bytes.length,
					new InetSocketAddress(InetAddress.getLoopbackAddress(), receiver.getLocalAddress().getPort())));
		}
		awaitFailure(receiver, SocketErrorCode.CODEC_FAILED);
	}

	private static void assertActuatorIsHarmless(ActuatorApplication application) {
		for (SocketEndpoint endpoint : application.endpoints().all()) {
			assertHarmless(application.get("sockets/" + endpoint.getName()).body());
			assertHarmless(endpoint + " " + endpoint.status() + " " + endpoint.recentFailures());
		}
		assertHarmless(application.get("sockets").body());
		String health = application.get("health").body();
		assertHarmless(health);
		assertThat(health).doesNotContain("forged");
	}

	/** Also not once the JSON is read. */
	private static void assertHarmless(String text) {
		assertThat(HARMFUL.chars().mapToObj((harmful) -> String.valueOf((char) harmful)))
			.allSatisfy((harmful) -> assertThat(text).doesNotContain(harmful));
		if (text.startsWith("{")) {
			List<Object> values = JsonPath.read(text, "$..*");
			assertThat(values).filteredOn(String.class::isInstance)
				.allSatisfy((value) -> assertThat(PrintableText.isPrintable((String) value)).as("%s", value).isTrue());
		}
	}

	private static byte[] lengthPrefixed(String text) {
		byte[] payload = text.getBytes(StandardCharsets.UTF_8);
		return ByteBuffer.allocate(4 + payload.length).putInt(payload.length).put(payload).array();
	}

	private static void awaitFailure(SocketEndpoint endpoint, SocketErrorCode code) {
		Awaitility.await()
			.until(() -> endpoint.recentFailures().stream().anyMatch((failure) -> failure.code() == code));
	}

	private static TcpServer server(ActuatorApplication application, String name) {
		return application.endpoints().get(name).map(TcpServer.class::cast).orElseThrow();
	}

	private static void send(TcpServer server, byte[] bytes) throws IOException {
		try (Socket socket = connect(server)) {
			socket.getOutputStream().write(bytes);
			socket.shutdownOutput();
			socket.getInputStream().readAllBytes();
		}
		catch (SocketException ex) {
			// it was reset
		}
	}

	private static Socket connect(TcpServer server) throws IOException {
		Socket socket = new Socket("127.0.0.1", server.getLocalAddress().getPort());
		socket.setSoTimeout(30_000);
		return socket;
	}

	private final class EventTexts implements ApplicationListener<SocketEvent> {

		@Override
		public void onApplicationEvent(SocketEvent event) {
			InjectionTests.this.events.add(event.toString());
		}

		@Override
		public boolean supportsAsyncExecution() {
			return false;
		}

	}

}
