package dev.sockets.autoconfigure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;

import dev.sockets.actuate.SocketsHealthContributor;
import dev.sockets.tcp.TcpServer;

/**
 * An application in a process of its own that may be given few descriptors. It prints its
 * port, and answers each line of its input with its server's health.
 */
final class ExhaustedApplication {

	private ExhaustedApplication() {
	}

	public static void main(String[] args) throws IOException {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.register(Healthy.class);
			Yaml.of("sockets.tcp.server.echo.port: 0").initialize(context);
			context.refresh();
			SocketsHealthContributor contributor = context.getBean(SocketsHealthContributor.class);
			HealthIndicator health = (HealthIndicator) contributor.getContributor("echo");
			BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
			System.out.println("health " + health.health().getStatus());
			System.out.println("port " + context.getBean(TcpServer.class).getLocalAddress().getPort());
			while (input.readLine() != null) {
				System.out.println("health " + health.health().getStatus());
			}
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SocketsAutoConfiguration.class, SocketsHealthContributorAutoConfiguration.class })
	static class Healthy {

	}

}
