package dev.sockets.benchmarks.server;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

import dev.sockets.annotation.Opcode;
import dev.sockets.annotation.SocketExchange;
import dev.sockets.annotation.SocketExchangeProxyFactory;
import dev.sockets.tcp.TcpClient;

/**
 * A Spring Boot application with the client of {@code rpc-client.yml}, called through an
 * interface.
 */
final class OurRpcClient implements RequestClient {

	static final int ECHO = 0x01;

	private @Nullable Echo echo;

	@Override
	public void connect(int port) {
		TcpClient client = SpringApplication.run(Application.class, "--spring.config.name=rpc-client", "--port=" + port)
			.getBean(TcpClient.class);
		while (!client.isConnected()) {
			Thread.onSpinWait();
		}
		this.echo = SocketExchangeProxyFactory.create(Echo.class, client);
	}

	@Override
	public String request(String line) {
		return Objects.requireNonNull(this.echo).echo(line);
	}

	@SocketExchange
	interface Echo {

		@Opcode(ECHO)
		String echo(String line);

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
