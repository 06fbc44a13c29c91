package dev.sockets.readme;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import dev.sockets.annotation.EnableSocketExchanges;
import dev.sockets.autoconfigure.SocketsAutoConfiguration;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.event.ServerOccupiedEvent;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.rpc.Kwargs;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.udp.UdpReceiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * The examples of the README and the documentation, run with the configuration that they
 * show, on other ports.
 */
@ExtendWith(OutputCaptureExtension.class)
class ReadmeExamplesTests {

	private static final int DEADLINE = 30_000;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
		.withUserConfiguration(ReadmeConfiguration.class);

	@Test
	void whenFiveLinesAndOneMethodThenItIsServer() {
		with(Page.readme(), "echo", "echo").withBean(EchoLines.class)
			.run((context) -> assertThat(ask(context.getBean(TcpServer.class), "hello\n")).isEqualTo("echo hello\n"));
	}

	@Test
	void whenLinesAreServedThenTheyAreAnswered() {
		with("servers", "max-frame-size: 16KB", "orders").withBean(OrderLines.class)
			.run((context) -> assertThat(ask(context.getBean(TcpServer.class), "7\n")).isEqualTo("accepted 7\n"));
	}

	@Test
	void whenOrdersAreWatchedThenWhatHappensIsLogged(CapturedOutput output) {
		with("servers", "max-frame-size: 16KB", "orders").withBean(OrderLines.class)
			.withBean(OrderWatch.class)
			.run((context) -> {
				assertThat(ask(context.getBean(TcpServer.class), "7\n")).isEqualTo("accepted 7\n");
				await().untilAsserted(
						() -> assertThat(output).containsPattern("127.0.0.1:\\d+ sent 7").contains("orders: REMOTE"));
			});
	}

	@Test
	void whenThePortIsInUseThenTheStartFailsAsTheReadmeShows(CapturedOutput output) throws IOException {
		try (ServerSocket other = new ServerSocket(0)) {
			String shown = Page.readme().blocks("text").get(0).replace("7001", String.valueOf(other.getLocalPort()));
			SpringApplication application = new SpringApplicationBuilder(SocketsAutoConfiguration.class)
				.web(WebApplicationType.NONE)
				.initializers(new YamlFile(Page.readme().yaml("echo")))
				.application();
			assertThatException()
				.isThrownBy(() -> application.run("--sockets.tcp.server.echo.port=" + other.getLocalPort()));
			assertThat(output.getOut()).contains(shown);
		}
	}

	@Test
	void whenThereAreOtherFramingsThenTheyCarryMessages() {
		with("framings", "scanner", "scanner", "meter", "pipe").withBean(Same.class).run((context) -> {
			assertThat(ask(context.getBean("scanner", TcpServer.class), "\u0002\u00e4\u0003"))
				.isEqualTo("\u0002\u00e4\u0003");
			assertThat(ask(context.getBean("meter", TcpServer.class), "\u0001\0x")).isEqualTo("\u0001\0x");
			assertThat(ask(context.getBean("pipe", TcpServer.class), "a|b|\r\n")).isEqualTo("a|b|\r\n");
		});
	}

	@Test
	void whenFramingAndCodecAreBeansThenTheyCarryMessages() {
		with("codecs", "quotes", "quotes", "plc").withBean(Same.class).run((context) -> {
			assertThat(ask(context.getBean("quotes", TcpServer.class), "17.50;")).isEqualTo("17.50;");
			assertThat(context.getBean(Same.class).payloads).containsExactly(new BigDecimal("17.50"));
			String request = "\0\1\0\0\0\2ab";
			assertThat(ask(context.getBean("plc", TcpServer.class), request)).isEqualTo(request);
		});
	}

	@Test
	void whenClientSendsAndAsksThenPeerGetsItAndAnswers() throws Exception {
		try (ServerSocket peer = new ServerSocket(0)) {
			peer.setSoTimeout(DEADLINE);
			CompletableFuture<String> heard = CompletableFuture.supplyAsync(() -> answer(peer),
					(task) -> new Thread(task).start());
			this.contextRunner.withBean(RobotPilot.class)
				.withInitializer(new YamlFile(Page.of("clients").yaml("robot:")))
				.withPropertyValues("sockets.tcp.client.robot.host=localhost",
						"sockets.tcp.client.robot.port=" + peer.getLocalPort())
				.run((context) -> {
					await().until(context.getBean(TcpClient.class)::isConnected);
					RobotPilot pilot = context.getBean(RobotPilot.class);
					pilot.move(3);
					assertThat(pilot.position()).isEqualTo("at 3");
				});
			assertThat(heard.get(DEADLINE, TimeUnit.MILLISECONDS)).isEqualTo("move 3\nposition\n");
		}
	}

	@Test
	void whenClientHasSeveralAddressesThenItTriesThemUntilOneIsThereAndSendsWhatHasWaited() throws Exception {
		int nobody;
		try (ServerSocket socket = new ServerSocket(0)) {
			nobody = socket.getLocalPort();
		}
		try (ServerSocket peer = new ServerSocket(0)) {
			peer.setSoTimeout(DEADLINE);
			this.contextRunner.withBean(TickerWatch.class)
				.withInitializer(new YamlFile(Page.of("clients").yaml("ticker:")))
				.withPropertyValues("sockets.tcp.client.ticker.addresses=localhost:" + nobody + ",127.0.0.2:" + nobody)
				.run((context) -> {
					TcpClient ticker = context.getBean(TcpClient.class);
					CompletableFuture<Void> sent = ticker.sendAsync("subscribe");
					TickerWatch watch = context.getBean(TickerWatch.class);
					await().until(() -> watch.seen.size() >= 2);
					assertThat(watch.seen.element()).startsWith("attempt 1 has failed, the next one comes in PT0.");
					assertThat(sent).isNotDone();
				});
			this.contextRunner.withInitializer(new YamlFile(Page.of("clients").yaml("ticker:")))
				.withPropertyValues(
						"sockets.tcp.client.ticker.addresses=localhost:" + nobody + ",localhost:" + peer.getLocalPort())
				.run((context) -> {
					context.getBean(TcpClient.class).sendAsync("subscribe");
					try (Socket socket = peer.accept()) {
						socket.setSoTimeout(DEADLINE);
						assertThat(socket.getInputStream().readNBytes("subscribe\n".length()))
							.isEqualTo("subscribe\n".getBytes(StandardCharsets.UTF_8));
					}
				});
		}
	}

	@Test
	void whenServerOfTcpcomIsFullThenClientIsToldAndTriesAgain() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
			.withPropertyValues("sockets.tcp.server.pond.port=0", "sockets.tcp.server.pond.profile=tcpcom")
			.run((server) -> this.contextRunner.withBean(Occupied.class)
				.withInitializer(new YamlFile(Page.of("profiles").yaml("turtle:")))
				.withPropertyValues("sockets.tcp.client.turtle.host=localhost",
						"sockets.tcp.client.turtle.port=" + server.getBean(TcpServer.class).getLocalAddress().getPort(),
						"sockets.tcp.client.turtle.auto-startup=false")
				.run((context) -> {
					TcpClient turtle = context.getBean(TcpClient.class);
					try (Socket first = connect(server.getBean(TcpServer.class))) {
						await().until(() -> server.getBean(TcpServer.class).getConnections().size() == 1);
						turtle.start();
						await().until(() -> context.getBean(Occupied.class).events.size() == 1);
						assertThat(first.isConnected()).isTrue();
					}
					await().until(() -> server.getBean(TcpServer.class).getConnections().size() == 1);
				}));
	}

	@Test
	void whenPayloadTypeIsRecordThenJsonIsConvertedAndAnswered() {
		with("codecs", "shop:", "shop").withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
			.withBean(OrderDesk.class)
			.run((context) -> {
				String order = "{\"item\":\"tea\",\"count\":2}";
				String receipt = "{\"item\":\"tea\",\"price\":6}";
				assertThat(ask(context.getBean(TcpServer.class), "\0\0\0" + (char) order.length() + order))
					.isEqualTo("\0\0\0" + (char) receipt.length() + receipt);
			});
	}

	@Test
	void whenMethodReturnsValueThenItIsTheReplyToWhoeverAsksByCalling() {
		with("listeners", "calculator:\n        port", "calculator").withBean(Squares.class).run((server) -> {
			TcpServer calculator = server.getBean(TcpServer.class);
			assertThat(ask(calculator, "12\n")).isEqualTo("144\n");
			this.contextRunner.withUserConfiguration(Exchanges.class)
				.withInitializer(new YamlFile(Page.of("requests").yaml("far-calculator:")))
				.withPropertyValues("sockets.tcp.client.far-calculator.host=localhost",
						"sockets.tcp.client.far-calculator.port=" + calculator.getLocalAddress().getPort())
				.run((context) -> {
					await().until(context.getBean(TcpClient.class)::isConnected);
					Calculator far = context.getBean(Calculator.class);
					assertThat(far.square("7")).isEqualTo(49);
					assertThat(far.squareLater("8").get(DEADLINE, TimeUnit.MILLISECONDS)).isEqualTo(64);
					far.send("9");
				});
		});
	}

	@Test
	void whenMessagesAreRoutedThenEachValueHasItsMethod() {
		with("listeners", "door:", "door").withBean(DoorKeeper.class)
			.run((context) -> assertThat(ask(context.getBean(TcpServer.class), "OPEN now\nLOCK\nKNOCK\n"))
				.startsWith("opened for ")
				.endsWith("\nwhat is KNOCK?\n"));
	}

	@Test
	void whenATrackerHasLoggedInThenItIsFoundByItsName() {
		with("sessions", "trackers:", "trackers").withBean(TrackerDesk.class).run((context) -> {
			TcpServer trackers = context.getBean(TcpServer.class);
			try (Socket tracker = connect(trackers)) {
				tracker.getOutputStream().write("LOGIN dev-42\n".getBytes(StandardCharsets.UTF_8));
				assertThat(tracker.getInputStream().readNBytes("welcome\n".length()))
					.isEqualTo("welcome\n".getBytes(StandardCharsets.UTF_8));
				context.getBean(TrackerDesk.class).locate("dev-42");
				assertThat(tracker.getInputStream().readNBytes("where are you?\n".length()))
					.isEqualTo("where are you?\n".getBytes(StandardCharsets.UTF_8));
			}
		});
	}

	@Test
	void whenBothSidesCallByOpcodeThenTheyAreAnswered() {
		this.contextRunner.withBean(ArmHandler.class)
			.withInitializer(new YamlFile(Page.of("rpc").yaml("far-arm:")))
			.withPropertyValues("sockets.tcp.server.arm.port=0", "sockets.tcp.client.far-arm.auto-startup=false")
			.run((server) -> this.contextRunner.withUserConfiguration(ArmExchange.class)
				.withInitializer(new YamlFile(Page.of("rpc").yaml("far-arm:")))
				.withPropertyValues("sockets.tcp.server.arm.port=0", "sockets.tcp.client.far-arm.host=localhost",
						"sockets.tcp.client.far-arm.port="
								+ server.getBean(TcpServer.class).getLocalAddress().getPort())
				.run((context) -> {
					TcpClient client = context.getBean(TcpClient.class);
					await().until(client::isConnected);
					ArmControl control = context.getBean(ArmControl.class);
					assertThat(control.move(5)).isEqualTo(5);
					assertThat(control.move(1, Kwargs.of("direction", "down")).join()).isEqualTo(4);
					assertThat(new ArmCalls().all(client)).startsWith(1).hasSize(3);
					assertThat(client.rpc().<String>execute("calibrate")).isEqualTo("level was 7");
				}));
	}

	@Test
	void whenMessageIsAnsweredByAllMeansThenTheyArrive() {
		with("servers", "max-frame-size: 16KB", "orders").withBean(SendingListener.class).run((context) -> {
			String answer = ask(context.getBean(TcpServer.class), "go\n", "waits for nobody\n");
			assertThat(answer.lines()).contains("to the sender of a message",
					"returns when the socket has taken it, or throws", "returns at once", "raw");
		});
	}

	@Test
	void whenLimitsAreSetThenFirstLineIsServed() {
		with("limits", "public", "public").withBean(Same.class)
			.run((context) -> assertThat(ask(context.getBean(TcpServer.class), "ping\nhello\n")).isEqualTo("hello\n"));
	}

	@Test
	void whenServerIsPausedResumedAndRestartedThenItServes() {
		with("servers", "grace-period", "orders").withBean(Same.class).withBean(Maintenance.class).run((context) -> {
			TcpServer orders = context.getBean("orders", TcpServer.class);
			Maintenance maintenance = context.getBean(Maintenance.class);
			maintenance.begin();
			assertThat(orders.isAccepting()).isFalse();
			maintenance.end();
			maintenance.restart();
			assertThat(ask(orders, "hello\n")).isEqualTo("hello\n");
			assertThat(context.getBean("on-demand", TcpServer.class).isRunning()).isFalse();
		});
	}

	@Test
	void whenServerStopsThenItSaysGoodbye() {
		with("servers", "grace-period", "orders").run((context) -> {
			TcpServer orders = context.getBean("orders", TcpServer.class);
			try (Socket socket = connect(orders)) {
				await().until(() -> orders.status().connections() == 1);
				orders.stop();
				assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
					.isEqualTo("bye\n");
			}
		});
	}

	@Test
	void whenServerIsMadeAtRunTimeThenItServes() {
		this.contextRunner.withBean(Same.class).withBean(Rooms.class).run((context) -> {
			Rooms rooms = context.getBean(Rooms.class);
			TcpServer room = rooms.open("lobby", 0);
			assertThat(ask(room, "hello\n")).isEqualTo("hello\n");
			rooms.close("lobby");
			assertThat(room.isRunning()).isFalse();
		});
	}

	@Test
	void whenNewsAreAnnouncedAndAskedForThenTheyAreReadAndAnswered() {
		String group = "239.255.72." + ThreadLocalRandom.current().nextInt(1, 255);
		this.contextRunner.withInitializer(new YamlFile(Page.of("multicast").yaml("news:")))
			.withBean(NewsDesk.class)
			.withPropertyValues("sockets.multicast.receiver.news.groups=" + group,
					"sockets.multicast.sender.announcer.group=" + group,
					"sockets.multicast.receiver.news.network-interfaces=127.0.0.1",
					"sockets.multicast.sender.announcer.network-interface=127.0.0.1",
					"sockets.multicast.sender.announcer.time-to-live=0")
			.run((context) -> {
				NewsDesk desk = context.getBean(NewsDesk.class);
				desk.announce("hello");
				assertThat(desk.ask("are you there?")).isEqualTo("read are you there?");
				await().until(() -> context.getBean(MulticastReceiver.class).status().messagesReceived() == 2);
			});
	}

	@Test
	void whenDatagramsAreSentAndAskedForThenTheyArriveAndAreAnswered() throws IOException {
		try (DatagramSocket device = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
			device.setSoTimeout(DEADLINE);
			CompletableFuture<String> heard = CompletableFuture.supplyAsync(() -> answer(device),
					(task) -> new Thread(task).start());
			this.contextRunner.withInitializer(new YamlFile(Page.of("udp").yaml("weights:")))
				.withBean(Scales.class)
				.withPropertyValues("sockets.udp.receiver.weights.port=0", "sockets.udp.sender.scale.host=127.0.0.1",
						"sockets.udp.sender.scale.port=" + device.getLocalPort(),
						"sockets.udp.sender.everybody.host=127.0.0.1",
						"sockets.udp.sender.everybody.port=" + device.getLocalPort())
				.run((context) -> {
					Scales scales = context.getBean(Scales.class);
					assertThat(scales.weigh()).isEqualTo("17");
					scales.wakeAll();
					assertThat(heard.get(DEADLINE, TimeUnit.MILLISECONDS)).isEqualTo("WEIGH WAKE");
					UdpReceiver weights = context.getBean(UdpReceiver.class);
					device.send(packet("18", new InetSocketAddress("127.0.0.1", weights.getLocalAddress().getPort())));
					assertThat(text(device)).isEqualTo("noted 18");
				});
		}
	}

	private static String answer(DatagramSocket device) {
		try {
			DatagramPacket request = receive(device);
			device.send(packet("17", (InetSocketAddress) request.getSocketAddress()));
			return new String(request.getData(), 0, request.getLength(), StandardCharsets.UTF_8) + " " + text(device);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String text(DatagramSocket device) throws IOException {
		DatagramPacket packet = receive(device);
		return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
	}

	private static DatagramPacket receive(DatagramSocket device) throws IOException {
		DatagramPacket packet = new DatagramPacket(new byte[100], 100);
		device.receive(packet);
		return packet;
	}

	private static DatagramPacket packet(String text, InetSocketAddress to) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return new DatagramPacket(bytes, bytes.length, to);
	}

	@Test
	void whenMessagesArePolledThenTheyAreThere() {
		with("events", "sensors", "sensors").withBean(SensorReadings.class).run((context) -> {
			TcpServer sensors = context.getBean(TcpServer.class);
			try (Socket socket = connect(sensors)) {
				socket.getOutputStream().write("17\n18\n".getBytes(StandardCharsets.UTF_8));
				await().until(() -> sensors.inbox().size() == 2);
			}
			SensorReadings readings = context.getBean(SensorReadings.class);
			assertThat(readings.next()).contains("17");
			assertThat(readings.next()).contains("18");
			assertThat(sensors.inbox().size()).isZero();
		});
	}

	@Test
	void whenThereIsFlowThenItAnswers() {
		with("spring-integration", "shouts", "shouts").withUserConfiguration(UpperCaseFlow.class)
			.run((context) -> assertThat(ask(context.getBean(TcpServer.class), "hello\n")).isEqualTo("HELLO\n"));
	}

	@Test
	void whenFlowGetsMessagesByChannelThenItAnswers() {
		with("spring-integration", "channel: greetingsIn", "greetings").withUserConfiguration(GreetFlow.class)
			.run((context) -> assertThat(ask(context.getBean(TcpServer.class), "ann\n", "\n"))
				.isEqualTo("hello ann\n"));
	}

	@Test
	void whenClientHasConnectionDetailsThenItConnectsThere() {
		with("servers", "max-frame-size: 16KB", "orders").withUserConfiguration(RobotDetails.class)
			.withBean(OrderLines.class)
			.withPropertyValues("sockets.tcp.client.robot.port=1")
			.run((context) -> {
				TcpClient robot = context.getBean(TcpClient.class);
				await().until(robot::isConnected);
				assertThat(robot.<String>request("7")).isEqualTo("accepted 7");
			});
	}

	@Test
	void whenThereIsCustomizerThenItChangesSettings() {
		this.contextRunner.withPropertyValues("sockets.tcp.server.admin.port=0")
			.run((context) -> assertThat(context.getBean(TcpServer.class).getLocalAddress().getHostString())
				.isEqualTo("127.0.0.1"));
	}

	@Test
	void whenATellerLogsInThenItIsServedAndNobodyElse() {
		with("authentication", "authenticator: tellers", "counter").withBean(Same.class).run((context) -> {
			TcpServer server = context.getBean(TcpServer.class);
			assertThat(ask(server, "SOCKETS-LOGIN/1 PASSWORD 616461 68657220736563726574\nhello\n"))
				.isEqualTo("SOCKETS-LOGIN/1 WELCOME\nhello\n");
			assertThat(ask(server, "SOCKETS-LOGIN/1 PASSWORD 616461 68\n")).isEqualTo("SOCKETS-LOGIN/1 REFUSED\n");
		});
	}

	/**
	 * Returns a context with the YAML of a page that contains a text, on free ports.
	 */
	private ApplicationContextRunner with(String page, String yaml, String... servers) {
		return with(Page.of(page), yaml, servers);
	}

	private ApplicationContextRunner with(Page page, String yaml, String... servers) {
		return this.contextRunner.withInitializer(new YamlFile(page.yaml(yaml)))
			.withPropertyValues(Arrays.stream(servers)
				.map((name) -> "sockets.tcp.server." + name + ".port=0")
				.toArray(String[]::new));
	}

	/**
	 * Sends bytes, given as Latin-1, and returns as many as come back before the server
	 * has answered everything, or until an end.
	 */
	private static String ask(TcpServer server, String bytes, String... end) throws IOException {
		try (Socket socket = connect(server)) {
			socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
			if (end.length == 0) {
				socket.shutdownOutput();
				return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
			}
			StringBuilder answer = new StringBuilder();
			while (answer.indexOf(end[0]) < 0) {
				answer.append((char) new DataInputStream(socket.getInputStream()).readUnsignedByte());
			}
			return answer.toString();
		}
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofMillis(DEADLINE));
	}

	private static Socket connect(TcpServer server) throws IOException {
		Socket socket = new Socket("localhost", server.getLocalAddress().getPort());
		socket.setSoTimeout(DEADLINE);
		return socket;
	}

	/**
	 * Answers the second line.
	 */
	private static String answer(ServerSocket peer) {
		try (Socket socket = peer.accept()) {
			socket.setSoTimeout(DEADLINE);
			String heard = new String(socket.getInputStream().readNBytes("move 3\nposition\n".length()),
					StandardCharsets.UTF_8);
			socket.getOutputStream().write("at 3\n".getBytes(StandardCharsets.UTF_8));
			socket.getInputStream().read();
			return heard;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableSocketExchanges(clients = Calculator.class)
	static class Exchanges {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableSocketExchanges(clients = ArmControl.class)
	static class ArmExchange {

	}

	/**
	 * Hears when a server is full.
	 */
	static class Occupied {

		private final Queue<ServerOccupiedEvent> events = new ConcurrentLinkedQueue<>();

		@EventListener
		void on(ServerOccupiedEvent event) {
			this.events.add(event);
		}

	}

	/**
	 * Replies what it receives.
	 */
	static class Same {

		private final List<Object> payloads = new ArrayList<>();

		@EventListener
		void on(MessageReceivedEvent<?> event) {
			this.payloads.add(event.getPayload());
			event.reply(event.getPayload());
		}

	}

	/**
	 * Runs the lines about sending.
	 */
	static class SendingListener {

		private final TcpServer orders;

		SendingListener(TcpServer orders) {
			this.orders = orders;
		}

		@EventListener
		void on(MessageReceivedEvent<String> event) {
			new Sending().send(event, this.orders, "raw\n".getBytes(StandardCharsets.UTF_8));
		}

	}

}
