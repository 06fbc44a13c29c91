package dev.sockets.readme;

import java.security.cert.X509Certificate;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.sockets.tcp.SocketAuthenticator;

@Configuration(proxyBeanMethods = false)
class Stations {

	@Bean
	SocketAuthenticator stations() {
		return (login) -> login.certificates()
			.stream()
			.findFirst()
			.map(X509Certificate::getSubjectX500Principal)
			.filter((name) -> name.getName().endsWith("O=Example"))
			.orElse(null);
	}

}
