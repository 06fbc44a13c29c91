package dev.sockets.autoconfigure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import dev.sockets.Correlation;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.tcp.TcpClient;
import dev.sockets.testkit.Patience;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The configuration names the bean that knows which answer belongs to which request.
 */
@Timeout(120)
class CorrelationBeanTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
		.withUserConfiguration(Application.class);

	@ParameterizedTest
	@ValueSource(strings = { "client.bank.correlation: byNumber", "client-defaults.correlation: byNumber" })
	void whenABeanIsNamedThenEachRequestGetsItsAnswer(String yaml) throws IOException {
		try (ServerSocket bank = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			bank.setSoTimeout(30_000);
			this.contextRunner.withInitializer(Yaml.of("""
					sockets.tcp:
					  client.bank: {host: 127.0.0.1, port: %d}
					  client.bank.request-timeout: 30s
					  %s
					""".formatted(bank.getLocalPort(), yaml))).run((context) -> {
				TcpClient client = context.getBean("bank", TcpClient.class);
				try (Socket socket = bank.accept()) {
					Awaitility.await().atMost(Patience.SOON).until(client::isConnected);
					BufferedReader requests = new BufferedReader(new InputStreamReader(socket.getInputStream()));
					CompletableFuture<String> first = client.requestAsync("1 ask");
					CompletableFuture<String> second = client.requestAsync("2 ask");
					assertThat(requests.readLine()).isEqualTo("1 ask");
					assertThat(requests.readLine()).isEqualTo("2 ask");
					socket.getOutputStream().write("2 two\nreport\n1 one\n".getBytes());
					assertThat(first).succeedsWithin(Patience.SOON).isEqualTo("1 one");
					assertThat(second).succeedsWithin(Patience.SOON).isEqualTo("2 two");
					List<Object> heard = context.getBean(Application.class).heard;
					Awaitility.await().atMost(Patience.SOON).until(() -> heard.equals(List.of("report")));
				}
			});
		}
	}

	@Test
	void whenThereIsNoSuchBeanThenFailureNamesThoseThatThereAre() {
		this.contextRunner
			.withPropertyValues("sockets.tcp.client.bank.port=1", "sockets.tcp.client.bank.correlation=byNmber")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("'sockets.tcp.client.bank.correlation' is 'byNmber'")
				.hasMessageContaining("the name of a Correlation bean: one of byNumber"));
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		private final List<Object> heard = new CopyOnWriteArrayList<>();

		@Bean
		Correlation byNumber() {
			return new Correlation() {

				@Override
				public @Nullable Object keyOfRequest(Object payload) {
					return number(payload);
				}

				@Override
				public @Nullable Object keyOfAnswer(Object payload) {
					return number(payload);
				}

				private static @Nullable Object number(Object payload) {
					char first = payload.toString().charAt(0);
					return Character.isDigit(first) ? first : null;
				}

			};
		}

		@EventListener
		void on(MessageReceivedEvent<String> event) {
			this.heard.add(event.getPayload());
		}

	}

}
