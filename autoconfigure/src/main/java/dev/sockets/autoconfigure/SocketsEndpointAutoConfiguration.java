package dev.sockets.autoconfigure;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

import dev.sockets.actuate.SocketsEndpoint;
import dev.sockets.actuate.SocketsEndpointWebExtension;
import dev.sockets.autoconfigure.properties.SocketsEndpointProperties;
import dev.sockets.loop.EventLoopGroup;
import dev.sockets.registry.SocketEndpoints;
import dev.sockets.runtime.backplane.Backplane;

/**
 * Auto-configuration of the {@code sockets} endpoint of Actuator.
 */
@AutoConfiguration(after = SocketsAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnAvailableEndpoint(SocketsEndpoint.class)
@ConditionalOnBean(SocketEndpoints.class)
@EnableConfigurationProperties(SocketsEndpointProperties.class)
public final class SocketsEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SocketsEndpoint socketsEndpoint(SocketEndpoints endpoints, SocketsEndpointProperties properties,
			EventLoopGroup loops, ApplicationContext context) {
		Backplane backplane = context.getBeanProvider(Backplane.class).getIfAvailable();
		return new SocketsEndpoint(endpoints, loops.engine(),
				context.getBeanProvider(SanitizingFunction.class).orderedStream().toList(), properties.getShowValues(),
				(backplane != null) ? backplane.watch() : null);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(SocketsEndpoint.class)
	@ConditionalOnAvailableEndpoint(endpoint = SocketsEndpoint.class, exposure = EndpointExposure.WEB)
	SocketsEndpointWebExtension socketsEndpointWebExtension(SocketsEndpoint endpoint,
			SocketsEndpointProperties properties) {
		return new SocketsEndpointWebExtension(endpoint, properties.getShowValues(), properties.getRoles());
	}

}
