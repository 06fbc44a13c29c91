package dev.sockets.autoconfigure;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

import dev.sockets.registry.DefaultSocketEndpoints;
import dev.sockets.registry.RegisteredEndpoints;
import dev.sockets.registry.SocketEndpoints;
import dev.sockets.runtime.Phases;
import dev.sockets.runtime.multicast.MulticastEndpoints;
import dev.sockets.runtime.tcp.EndpointRuntime;

/**
 * The endpoints by name, and those made at run time.
 */
@Configuration(proxyBeanMethods = false)
class RegistryConfiguration {

	private static final String SERVERS = "socketsRegisteredServers";

	private static final String CLIENTS = "socketsRegisteredClients";

	@Bean
	@Lazy
	@ConditionalOnMissingBean(value = SocketEndpoints.class, search = SearchStrategy.CURRENT)
	DefaultSocketEndpoints socketsEndpoints(ListableBeanFactory beanFactory,
			@Qualifier(SERVERS) RegisteredEndpoints servers, @Qualifier(CLIENTS) RegisteredEndpoints clients) {
		return new DefaultSocketEndpoints(beanFactory, beanFactory.getBean(EndpointRuntime.class),
				beanFactory.getBean(MulticastEndpoints.class), servers, clients);
	}

	@Bean
	StartSummary socketsStartSummary(ApplicationContext context, ObjectProvider<SocketEndpoints> endpoints) {
		return new StartSummary(context, endpoints);
	}

	@Bean(SERVERS)
	RegisteredEndpoints socketsRegisteredServers() {
		return new RegisteredEndpoints(Phases.SERVERS);
	}

	@Bean(CLIENTS)
	RegisteredEndpoints socketsRegisteredClients() {
		return new RegisteredEndpoints(Phases.CLIENTS);
	}

	@Bean
	static InheritedEndpoints socketsInheritedEndpoints() {
		return new InheritedEndpoints();
	}

	@Bean
	EventMulticasterCheck socketsEventMulticasterCheck(ApplicationContext context) {
		return new EventMulticasterCheck(context);
	}

	@Bean
	ReturnedEventsCheck socketsReturnedEventsCheck(ApplicationContext context) {
		return new ReturnedEventsCheck(context);
	}

}
