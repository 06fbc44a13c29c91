package dev.sockets.benchmarks.server;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

import dev.sockets.tcp.TcpClient;

/**
 * A Spring Boot application with the client of {@code request-client.yml}.
 */
final class OurRequestClient implements RequestClient {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private @Nullable TcpClient client;

	@Override
	public void connect(int port) {
		TcpClient client = SpringApplication
			.run(Application.class, "--spring.config.name=request-client", "--port=" + port)
			.getBean(TcpClient.class);
		while (!client.isConnected()) {
			Thread.onSpinWait();
		}
		this.client = client;
	}

	@Override
	public String request(String line) {
		return Objects.requireNonNull(this.client).request(line, TIMEOUT);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
