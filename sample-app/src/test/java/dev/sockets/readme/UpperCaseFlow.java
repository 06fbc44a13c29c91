package dev.sockets.readme;

import java.util.Locale;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.ip.dsl.Tcp;

import dev.sockets.tcp.TcpServer;

@Configuration(proxyBeanMethods = false)
@EnableIntegration
class UpperCaseFlow {

	@Bean
	IntegrationFlow upperCase(TcpServer shouts) {
		return IntegrationFlow.from(Tcp.inboundGateway(shouts.getConnectionFactory()))
			.transform(String.class, (line) -> line.toUpperCase(Locale.ROOT))
			.get();
	}

}
