package dev.sockets.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.dataformat.cbor.CBORMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample as its users see it, over real sockets. Its client greets a server of the
 * test, as it must know the port before the sample's own servers have one.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "sockets.tcp.server.echo.port=0", "sockets.tcp.server.chat.port=0",
				"sockets.tcp.server.frames.port=0", "sockets.tcp.server.robot.port=0",
				"sockets.multicast.receiver.bulletin.groups=${test.group}",
				"sockets.multicast.sender.announcer.group=${test.group}" })
class SampleApplicationTests {

	private static final ServerSocket greeted = listen();

	@LocalServerPort
	private int httpPort;

	@Autowired
	private TcpServer echo;

	@Autowired
	private TcpServer chat;

	@Autowired
	private TcpServer frames;

	@Autowired
	private TcpServer robot;

	@Autowired
	private MulticastReceiver bulletin;

	@DynamicPropertySource
	static void greeter(DynamicPropertyRegistry registry) {
		registry.add("sockets.tcp.client.greeter.port", greeted::getLocalPort);
		String group = "239.255.71." + ThreadLocalRandom.current().nextInt(1, 255);
		registry.add("test.group", () -> group);
	}

	@AfterAll
	static void close() throws IOException {
		greeted.close();
	}

	@Test
	void whenLinesAreSentThenEchoAnswersThemInOrder() throws IOException {
		try (Peer peer = new Peer(this.echo)) {
			peer.say("a\nb\r\n");
			assertThat(peer.line()).isEqualTo("echo a");
			assertThat(peer.line()).isEqualTo("echo b");
		}
	}

	@Test
	void whenGreeterIsConnectedThenItSaysHello() throws IOException {
		try (Peer peer = new Peer(greeted.accept())) {
			assertThat(peer.line()).isEqualTo("hello from greeter");
		}
	}

	@Test
	void whenGuestWritesThenAllRead() throws IOException {
		try (Peer ann = new Peer(this.chat)) {
			String annsName = nameIn(ann.line());
			assertThat(ann.line()).isEqualTo("* " + annsName + " joined");
			try (Peer bob = new Peer(this.chat)) {
				String bobsName = nameIn(bob.line());
				assertThat(bob.line()).isEqualTo("* " + bobsName + " joined").isEqualTo(ann.line());
				bob.say("/name bob\nhello \u001b[2J\n");
				assertThat(bob.line()).isEqualTo("* " + bobsName + " is bob now").isEqualTo(ann.line());
				assertThat(bob.line()).isEqualTo("bob: hello \\u{1b}[2J").isEqualTo(ann.line());
			}
			assertThat(ann.line()).isEqualTo("* bob left");
		}
	}

	@Test
	void whenFrameIsSentThenItsChecksumComesBack() throws IOException {
		try (Peer peer = new Peer(this.frames)) {
			peer.write(new byte[] { 0, 0, 0, 5, 'h', 'e', 'l', 'l', 'o' });
			assertThat(peer.read(8)).containsExactly(0, 0, 0, 4, 0x36, 0x10, 0xa6, 0x86);
		}
	}

	@Test
	void whenRobotIsMovedByItsOpcodeThenItTellsWhereItIs() throws IOException {
		try (Peer peer = new Peer(this.robot)) {
			peer.write(new byte[] { 0, 0, 0, 7, (byte) 0x84, 1, 7, 1, (byte) 0x82, 2, 3 });
			assertThat(message(peer)).isEqualTo(List.of(2, RobotHandler.MOVED, List.of(2, 3), Map.of()));
			assertThat(message(peer)).isEqualTo(List.of(3, 7, List.of(2, 3)));
			peer.write(new byte[] { 0, 0, 0, 8, (byte) 0x84, 1, 8, 1, (byte) 0x82, 0x18, 99, 0 });
			assertThat(message(peer)).isEqualTo(List.of(4, 8, "ValueError", "the table ends at 100", List.of()));
		}
	}

	private static List<?> message(Peer peer) throws IOException {
		return new CBORMapper().readValue(peer.read(peer.read(4)[3]), List.class);
	}

	@Test
	void whenApplicationIsReadyThenBulletinHearsIt() {
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> this.bulletin.status().messagesReceived() == 1);
		assertThat(this.bulletin.recentFailures()).isEmpty();
	}

	@Test
	void whenOperatorLooksThenEndpointsAreThere() throws Exception {
		try (Peer peer = new Peer(this.echo)) {
			peer.say("seen\n");
			assertThat(peer.line()).isEqualTo("echo seen");
			assertThat(actuator("sockets")).contains("\"echo\":{\"kind\":\"TCP_SERVER\",\"state\":\"LISTENING\"");
			assertThat(actuator("sockets/echo")).contains("\"remoteAddress\"");
			assertThat(actuator("prometheus"))
				.contains("sockets_messages_received_total{kind=\"TCP_SERVER\",name=\"echo\"}");
			assertThat(actuator("health")).contains("\"sockets\":{", "\"chat\":{");
		}
	}

	private String actuator(String endpoint) throws Exception {
		URI uri = URI.create("http://localhost:" + this.httpPort + "/actuator/" + endpoint);
		return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
	}

	private static String nameIn(String welcome) {
		assertThat(welcome).matches("Welcome, guest\\d+\\. .*");
		return welcome.substring("Welcome, ".length(), welcome.indexOf('.'));
	}

	private static ServerSocket listen() {
		try {
			ServerSocket socket = new ServerSocket(0);
			socket.setSoTimeout(30_000);
			return socket;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
