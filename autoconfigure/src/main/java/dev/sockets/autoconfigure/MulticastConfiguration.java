package dev.sockets.autoconfigure;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import dev.sockets.multicast.MulticastReceiverCustomizer;
import dev.sockets.multicast.MulticastSenderCustomizer;
import dev.sockets.multicast.endpoint.MulticastEndpoints;

/**
 * What makes multicast receivers and senders.
 */
@Configuration(proxyBeanMethods = false)
class MulticastConfiguration {

	@Bean
	@ConditionalOnMissingBean
	MulticastEndpoints socketsMulticastEndpoints(ApplicationContext context) {
		return new MulticastEndpoints(context);
	}

	@Bean
	MulticastEndpointFactory socketsMulticastEndpointFactory(MulticastEndpoints endpoints, Environment environment,
			ListableBeanFactory beanFactory, ObjectProvider<MulticastReceiverCustomizer> receiverCustomizers,
			ObjectProvider<MulticastSenderCustomizer> senderCustomizers) {
		return new MulticastEndpointFactory(endpoints, new EntryBinder(environment),
				new MulticastSettingsMapper(beanFactory), receiverCustomizers, senderCustomizers);
	}

}
