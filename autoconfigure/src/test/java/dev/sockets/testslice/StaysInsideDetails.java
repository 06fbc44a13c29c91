package dev.sockets.testslice;

import java.util.List;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

import dev.sockets.autoconfigure.TcpClientConnectionDetails;
import dev.sockets.tcp.Peer;
import dev.sockets.tcp.TcpClientCustomizer;
import dev.sockets.tcp.TcpServer;

/**
 * Says where some clients connect to: by details, and by what doesn't count in a slice.
 */
@TestConfiguration(proxyBeanMethods = false)
class StaysInsideDetails {

	@Value("${outside.port}")
	private int outside;

	@Bean
	TcpClientConnectionDetails theDetails(ApplicationContext context) {
		return TcpClientConnectionDetails.of("detailed",
				() -> new Peer("localhost", context.getBean("orders", TcpServer.class).getLocalAddress().getPort()));
	}

	@Bean
	TcpClientCustomizer elsewhere() {
		return (name, settings) -> {
			if (name.equals("moved")) {
				settings.host("127.0.0.1").port(this.outside);
			}
			if (name.equals("searching")) {
				settings.peers(() -> List.of(new Peer("127.0.0.1", this.outside)));
			}
		};
	}

}
