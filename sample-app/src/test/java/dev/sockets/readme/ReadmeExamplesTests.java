package dev.sockets.readme;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import dev.sockets.annotation.EnableSocketExchanges;
import dev.sockets.autoconfigure.SocketsAutoConfiguration;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.rpc.Kwargs;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

import static dev.sockets.readme.Examples.DEADLINE;
import static dev.sockets.readme.Examples.ask;
import static dev.sockets.readme.Examples.await;
import static dev.sockets.readme.Examples.connect;
import static dev.sockets.readme.Examples.runner;
import static dev.sockets.readme.Examples.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * The examples of the README and the documentation, run with the configuration that they
 * show, on other ports.
 */
@ExtendWith(OutputCaptureExtension.class)
class ReadmeExamplesTests {

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
			String shown = Page.readme()
				.blocks("text")
				.get(0)
				.replace("7001", String.valueOf(other.getLocalPort()))
				.replace("class path resource [application.yml] - 5:15",
						"\"sockets.tcp.server.echo.port\" from property source \"commandLineArgs\"");
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
			runner().withUserConfiguration(Exchanges.class)
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
	void whenSomebodyWritesToAGroupThenTheOthersInItReadThat() {
		with("groups", "chat:", "chat").withBean(ChatDesk.class).run((context) -> {
			TcpServer chat = context.getBean(TcpServer.class);
			try (Socket reader = connect(chat); Socket writer = connect(chat)) {
				reader.getOutputStream().write("/join hall\n".getBytes(StandardCharsets.UTF_8));
				await().until(() -> chat.group("hall").size() == 1);
				writer.getOutputStream().write("/join hall\nhello\n".getBytes(StandardCharsets.UTF_8));
				assertThat(reader.getInputStream().readNBytes("hello\n".length()))
					.isEqualTo("hello\n".getBytes(StandardCharsets.UTF_8));
			}
		});
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
		runner().withBean(ArmHandler.class)
			.withInitializer(new YamlFile(Page.of("rpc").yaml("far-arm:")))
			.withPropertyValues("sockets.tcp.server.arm.port=0", "sockets.tcp.client.far-arm.auto-startup=false")
			.run((server) -> runner().withUserConfiguration(ArmExchange.class)
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
		runner().withBean(Same.class).withBean(Rooms.class).run((context) -> {
			Rooms rooms = context.getBean(Rooms.class);
			TcpServer room = rooms.open("lobby", 0);
			assertThat(ask(room, "hello\n")).isEqualTo("hello\n");
			rooms.close("lobby");
			assertThat(room.isRunning()).isFalse();
		});
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
	void whenThereIsCustomizerThenItChangesSettings() {
		runner().withPropertyValues("sockets.tcp.server.admin.port=0")
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

	@Configuration(proxyBeanMethods = false)
	@EnableSocketExchanges(clients = Calculator.class)
	static class Exchanges {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableSocketExchanges(clients = ArmControl.class)
	static class ArmExchange {

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
