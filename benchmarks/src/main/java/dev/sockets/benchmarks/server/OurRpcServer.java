package dev.sockets.benchmarks.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

import dev.sockets.annotation.SocketMapping;

/**
 * A Spring Boot application with the server of {@code rpc-server.yml}.
 */
final class OurRpcServer implements Server {

	@Override
	public void start(int port, Behaviour behaviour) {
		SpringApplication.run(Application.class, "--spring.config.name=rpc-server", "--port=" + port);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Echo.class)
	static class Application {

	}

	static class Echo {

		@SocketMapping(endpoint = "echo-server", opcode = OurRpcClient.ECHO)
		String echo(String line) {
			return line;
		}

	}

}
