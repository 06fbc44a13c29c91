package dev.sockets.autoconfigure;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;

import dev.sockets.autoconfigure.binding.EntryBinder;
import dev.sockets.autoconfigure.binding.NamedBeans;
import dev.sockets.autoconfigure.binding.TcpSettingsMapper;
import dev.sockets.runtime.tcp.EndpointRuntime;

/**
 * A bean for each endpoint. No conditions on beans here: the registrar would not heed
 * them ahead of time.
 */
@Configuration(proxyBeanMethods = false)
@Import(EndpointRegistrar.class)
class TcpConfiguration {

	@Bean
	@Lazy
	TcpEndpointFactory socketsTcpEndpointFactory(EndpointRuntime runtime, EndpointChannels channels,
			ApplicationContext context) {
		return new TcpEndpointFactory(runtime, new EntryBinder(context.getEnvironment()),
				new TcpSettingsMapper(context), channels, context);
	}

	@Bean
	EndpointChannels socketsEndpointChannels(ListableBeanFactory beanFactory) {
		return new EndpointChannels(new NamedBeans(beanFactory));
	}

}
