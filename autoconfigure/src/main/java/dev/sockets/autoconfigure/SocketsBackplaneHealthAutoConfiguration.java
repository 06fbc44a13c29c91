package dev.sockets.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

import dev.sockets.actuate.BackplaneHealthIndicator;
import dev.sockets.autoconfigure.properties.SocketsProperties;
import dev.sockets.runtime.backplane.Backplane;

/**
 * Auto-configuration of the health of what leads to other nodes.
 */
@AutoConfiguration(after = SocketsAutoConfiguration.class,
		beforeName = "org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration")
@ConditionalOnClass({ HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(value = Backplane.class, search = SearchStrategy.CURRENT)
@ConditionalOnEnabledHealthIndicator("sockets-backplane")
public final class SocketsBackplaneHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "socketsBackplaneHealthIndicator", "socketsBackplaneHealthContributor" })
	BackplaneHealthIndicator socketsBackplaneHealthIndicator(Backplane backplane, SocketsProperties properties) {
		return new BackplaneHealthIndicator(backplane.watch(), properties.getBackplane().getHealth().isRequired());
	}

}
