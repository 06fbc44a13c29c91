package dev.sockets.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;

import dev.sockets.autoconfigure.SocketsAutoConfiguration;
import dev.sockets.event.ServerOccupiedEvent;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

import static dev.sockets.readme.Examples.DEADLINE;
import static dev.sockets.readme.Examples.await;
import static dev.sockets.readme.Examples.connect;
import static dev.sockets.readme.Examples.runner;
import static dev.sockets.readme.Examples.with;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of the documentation that are about clients.
 */
class ClientExamplesTests {

	@Test
	void whenClientSendsAndAsksThenPeerGetsItAndAnswers() throws Exception {
		try (ServerSocket peer = new ServerSocket(0)) {
			peer.setSoTimeout(DEADLINE);
			CompletableFuture<String> heard = CompletableFuture.supplyAsync(() -> answer(peer),
					(task) -> new Thread(task).start());
			runner().withBean(RobotPilot.class)
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
		int nobody = 1;
		try (ServerSocket peer = new ServerSocket(0)) {
			peer.setSoTimeout(DEADLINE);
			runner().withBean(TickerWatch.class)
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
			runner().withInitializer(new YamlFile(Page.of("clients").yaml("ticker:")))
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
			.run((server) -> runner().withBean(Occupied.class)
				.withInitializer(new YamlFile(Page.of("profiles").yaml("turtle:")))
				.withPropertyValues("sockets.tcp.client.turtle.host=localhost",
						"sockets.tcp.client.turtle.port=" + server.getBean(TcpServer.class).getLocalAddress().getPort(),
						"sockets.tcp.client.turtle.auto-startup=false")
				.run((context) -> {
					TcpClient turtle = context.getBean(TcpClient.class);
					try (Socket first = connect(server.getBean(TcpServer.class))) {
						await().until(() -> server.getBean(TcpServer.class).getConnections().size() == 1);
						turtle.start();
						await().until(() -> !context.getBean(Occupied.class).events.isEmpty());
						assertThat(first.isConnected()).isTrue();
					}
					await().until(() -> server.getBean(TcpServer.class).getConnections().size() == 1);
				}));
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

}
