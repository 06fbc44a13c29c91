package dev.sockets.autoconfigure;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;

import dev.sockets.annotation.SocketListenerProcessor;
import dev.sockets.annotation.SocketMappingProcessor;

/**
 * Has the annotated methods of all beans called.
 */
@Configuration(proxyBeanMethods = false)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
class AnnotationConfiguration {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static SocketListenerProcessor socketsListenerProcessor(ConfigurableListableBeanFactory beanFactory) {
		return new SocketListenerProcessor(beanFactory);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static RegisteredEndpointListeners socketsRegisteredEndpointListeners(SocketListenerProcessor processor) {
		return new RegisteredEndpointListeners(processor);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static SocketMappingProcessor socketsMappingProcessor(ConfigurableListableBeanFactory beanFactory) {
		return new SocketMappingProcessor(beanFactory);
	}

}
