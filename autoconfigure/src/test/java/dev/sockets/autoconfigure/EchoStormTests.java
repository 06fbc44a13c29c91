package dev.sockets.autoconfigure;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;

import dev.sockets.annotation.SocketListener;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.tcp.Peer;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.LogLines;
import dev.sockets.testkit.Patience;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two endpoints of one application that answer each other's answers.
 */
class EchoStormTests {

	private static final String WATCH = "dev.sockets.runtime.tcp.client.EchoWatch";

	/** So many go round that they are thousands a second also on a busy machine. */
	private static final int MESSAGES = 100;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
		.withPropertyValues("sockets.tcp.server.echo.port=0", "sockets.tcp.client.other.port=1",
				"sockets.tcp.client.other.auto-startup=false", "sockets.tcp.server-defaults.max-frame-size=1MB",
				"sockets.tcp.client-defaults.max-frame-size=1MB", "sockets.tcp.client-defaults.request-timeout=30s");

	@ParameterizedTest
	@ValueSource(strings = { "auto", "thread" })
	void whenAListenerAnswersBothEndsThenThatIsToldOnceAndWhatToChange(String dispatch) {
		try (LogLines log = new LogLines(WATCH)) {
			this.contextRunner.withBean(AnswersAll.class)
				.withPropertyValues("sockets.tcp.server-defaults.dispatch=" + dispatch,
						"sockets.tcp.client-defaults.dispatch=" + dispatch)
				.run((context) -> {
					tell(connect(context));
					Awaitility.await().until(() -> !log.all().isEmpty());
					context.getBean(AnswersAll.class).answers = false;
				});
			assertThat(log.all()).singleElement()
				.asString()
				.startsWith("WARN sockets.tcp.client.other and sockets.tcp.server.echo of this application answer each "
						+ "other's answers")
				.contains("@SocketListener(\"echo\")", "event.endpoint == 'echo'");
		}
	}

	@Test
	void whenTheClientStartsAgainThenItIsToldAgain() {
		try (LogLines log = new LogLines(WATCH)) {
			this.contextRunner.withBean(AnswersAll.class).run((context) -> {
				TcpClient client = connect(context);
				tell(client);
				Awaitility.await().until(() -> log.all().size() == 1);
				client.stop();
				tell(connect(context));
				Awaitility.await().until(() -> log.all().size() == 2);
				context.getBean(AnswersAll.class).answers = false;
			});
		}
	}

	@Test
	void whenAFastClientAsksAndIsAnsweredThenNothingIsTold() {
		try (LogLines log = new LogLines(WATCH)) {
			this.contextRunner.withBean(AnswersServer.class).run((context) -> {
				TcpClient client = connect(context);
				AtomicInteger heard = context.getBean(AnswersServer.class).heard;
				long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
				int asked = 0;
				while (System.nanoTime() < end) {
					List<CompletableFuture<Object>> answers = IntStream.range(0, 50)
						.mapToObj((i) -> client.requestAsync("request"))
						.toList();
					answers.forEach((answer) -> assertThat(answer).succeedsWithin(Patience.SOON));
					client.send("told");
					asked++;
				}
				int told = asked;
				Awaitility.await().until(() -> heard.get() == told);
			});
			assertThat(log.all()).isEmpty();
		}
	}

	private static void tell(TcpClient client) {
		for (int i = 0; i < MESSAGES; i++) {
			client.send("hello");
		}
	}

	private static TcpClient connect(AssertableApplicationContext context) {
		TcpClient client = context.getBean(TcpClient.class);
		client.connect(new Peer("127.0.0.1", context.getBean(TcpServer.class).getLocalAddress().getPort()));
		return client;
	}

	/** The first listener of many. */
	static class AnswersAll {

		private volatile boolean answers = true;

		@EventListener
		void on(MessageReceivedEvent<String> event) {
			if (this.answers) {
				event.reply("echo " + event.getPayload());
			}
		}

	}

	static class AnswersServer {

		private final AtomicInteger heard = new AtomicInteger();

		@SocketListener("echo")
		String on(String line) {
			return "echo " + line;
		}

		@SocketListener("other")
		void hear(String line) {
			this.heard.incrementAndGet();
		}

	}

}
