package dev.sockets.readme;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.dsl.IntegrationFlow;

import dev.sockets.tcp.TcpServer;

@Configuration(proxyBeanMethods = false)
@EnableIntegration
class GreetFlow {

	@Bean
	IntegrationFlow greet(TcpServer greetings) {
		return IntegrationFlow.from("greetingsIn")
			.<String, String>transform((name) -> "hello " + name)
			.handle(greetings.asMessageHandler())
			.get();
	}

}
