package dev.sockets.autoconfigure;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

import dev.sockets.tcp.TcpClientCustomizer;
import dev.sockets.tcp.TcpServerCustomizer;
import dev.sockets.tcp.endpoint.TcpEndpoints;

/**
 * A bean for each endpoint. No conditions on beans here: the registrar would not heed
 * them ahead of time.
 */
@Configuration(proxyBeanMethods = false)
@Import(EndpointRegistrar.class)
class TcpConfiguration {

	@Bean
	TcpEndpointFactory socketsTcpEndpointFactory(TcpEndpoints endpoints, Environment environment,
			ListableBeanFactory beanFactory, EndpointChannels channels,
			ObjectProvider<TcpClientConnectionDetails> connectionDetails,
			ObjectProvider<TcpServerCustomizer> serverCustomizers,
			ObjectProvider<TcpClientCustomizer> clientCustomizers) {
		return new TcpEndpointFactory(endpoints, new EntryBinder(environment), new SettingsMapper(beanFactory),
				channels, connectionDetails, serverCustomizers, clientCustomizers);
	}

	@Bean
	EndpointChannels socketsEndpointChannels(ListableBeanFactory beanFactory) {
		return new EndpointChannels(new NamedBeans(beanFactory));
	}

}
