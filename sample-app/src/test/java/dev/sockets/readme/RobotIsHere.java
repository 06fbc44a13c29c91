package dev.sockets.readme;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.sockets.autoconfigure.TcpClientConnectionDetails;
import dev.sockets.tcp.Peer;
import dev.sockets.tcp.TcpServer;

@Configuration(proxyBeanMethods = false)
class RobotIsHere {

	@Bean
	TcpClientConnectionDetails robotIsHere(TcpServer orders) {
		return TcpClientConnectionDetails.of("robot", () -> new Peer("localhost", orders.getLocalAddress().getPort()));
	}

}
