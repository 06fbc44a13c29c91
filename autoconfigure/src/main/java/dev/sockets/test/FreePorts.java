package dev.sockets.test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import dev.sockets.tcp.TcpServerCustomizer;

/**
 * Has all servers of the configuration listen on free ports.
 */
@Configuration(proxyBeanMethods = false)
class FreePorts {

	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	TcpServerCustomizer socketsFreePorts() {
		return (name, settings) -> settings.port(0);
	}

}
