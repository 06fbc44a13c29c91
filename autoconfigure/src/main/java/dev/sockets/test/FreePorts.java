package dev.sockets.test;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import dev.sockets.multicast.MulticastReceiverCustomizer;
import dev.sockets.multicast.MulticastSenderCustomizer;
import dev.sockets.tcp.TcpClientCustomizer;
import dev.sockets.tcp.TcpServerCustomizer;
import dev.sockets.tcp.TcpServerSettings;

/**
 * Has all servers and receivers of the configuration listen on free ports or paths, and
 * its clients and senders turn to nobody but them; records what happens to them. Comes
 * after the customizers of the application.
 */
@Configuration(proxyBeanMethods = false)
class FreePorts {

	@Bean
	LocalServers socketsLocalServers(ListableBeanFactory beanFactory) {
		return new LocalServers(beanFactory);
	}

	@Bean
	LocalReceivers socketsLocalReceivers(ListableBeanFactory beanFactory) {
		return new LocalReceivers(beanFactory);
	}

	@Bean
	LocalStarts socketsLocalStarts(ListableBeanFactory beanFactory) {
		return new LocalStarts(beanFactory);
	}

	@Bean
	SocketEventRecorder socketsEventRecorder() {
		return new SocketEventRecorder();
	}

	@Bean
	SocketEvents socketsTestEvents(SocketEventRecorder recorder) {
		return new SocketEvents(recorder);
	}

	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	TcpServerCustomizer socketsFreePorts(LocalServers servers) {
		return (name, settings) -> {
			TcpServerSettings configured = settings.build();
			servers.add(name, configured);
			if (configured.path() != null) {
				settings.path(servers.freePath());
			}
			settings.port(0);
		};
	}

	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	MulticastReceiverCustomizer socketsFreeReceiverPorts(LocalReceivers receivers) {
		return (name, settings) -> {
			receivers.add(name, settings.build());
			settings.port(0);
		};
	}

	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	TcpClientCustomizer socketsLocalClients(LocalServers servers, LocalStarts starts, ListableBeanFactory beanFactory) {
		return new LocalClientCustomizer(servers, starts, beanFactory);
	}

	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	MulticastSenderCustomizer socketsLocalSenders(LocalReceivers receivers, LocalStarts starts) {
		return new LocalSenderCustomizer(receivers, starts);
	}

}
