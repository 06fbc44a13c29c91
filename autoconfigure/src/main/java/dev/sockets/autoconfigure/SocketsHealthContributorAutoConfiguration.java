package dev.sockets.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

import dev.sockets.actuate.SocketsHealthContributor;
import dev.sockets.actuate.UnconnectedClients;
import dev.sockets.loop.EventLoopGroup;
import dev.sockets.registry.SocketEndpoints;

/**
 * Auto-configuration of the health of all endpoints.
 */
@AutoConfiguration(after = SocketsAutoConfiguration.class,
		beforeName = "org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration")
@ConditionalOnClass({ HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(SocketEndpoints.class)
@ConditionalOnEnabledHealthIndicator("sockets")
public final class SocketsHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "socketsHealthIndicator", "socketsHealthContributor" })
	SocketsHealthContributor socketsHealthContributor(SocketEndpoints endpoints, EventLoopGroup loops) {
		return new SocketsHealthContributor(endpoints, loops);
	}

	@Bean
	@ConditionalOnMissingBean
	UnconnectedClients socketsUnconnectedClients(SocketEndpoints endpoints) {
		return new UnconnectedClients(endpoints);
	}

}
