package dev.sockets.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

import dev.sockets.loop.EventLoopGroup;
import dev.sockets.autoconfigure.binding.EntryBinder;
import dev.sockets.autoconfigure.binding.MulticastSettingsMapper;
import dev.sockets.runtime.multicast.MulticastEndpoints;

/**
 * What makes receivers and senders of datagrams.
 */
@Configuration(proxyBeanMethods = false)
class MulticastConfiguration {

	@Bean
	@Lazy
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	MulticastEndpoints socketsMulticastEndpoints(EventLoopGroup loops, ApplicationContext context) {
		return new MulticastEndpoints(loops, context);
	}

	@Bean
	@Lazy
	MulticastEndpointFactory socketsMulticastEndpointFactory(MulticastEndpoints endpoints, ApplicationContext context) {
		return new MulticastEndpointFactory(endpoints, new EntryBinder(context.getEnvironment()),
				new MulticastSettingsMapper(context), context);
	}

}
