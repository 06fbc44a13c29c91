package dev.sockets.benchmarks.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/**
 * Netty in a Spring Boot application, as it is used by those whom the starter is for: so
 * what their memory is compared with holds an application context too.
 */
final class NettyInBootServer implements Server {

	@Override
	public void start(int port, Behaviour behaviour) throws Exception {
		SpringApplication.run(Application.class, "--spring.main.banner-mode=off", "--logging.level.root=warn");
		NettyServer.on(NettyTransport.EPOLL).start(port, behaviour);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			excludeName = { "org.springframework.boot.integration.autoconfigure.IntegrationAutoConfiguration",
					"dev.sockets.autoconfigure.SocketsAutoConfiguration" })
	static class Application {

	}

}
