package dev.sockets.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;

import dev.sockets.loop.EventLoopGroup;
import dev.sockets.metrics.BackplaneMeters;
import dev.sockets.metrics.EngineMeters;
import dev.sockets.metrics.MemoryMeters;
import dev.sockets.metrics.SocketMeters;
import dev.sockets.registry.SocketEndpoints;
import dev.sockets.runtime.backplane.Backplane;

/**
 * Auto-configuration of the meters of all endpoints.
 */
@AutoConfiguration(after = SocketsAutoConfiguration.class,
		afterName = {
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration" })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ MeterRegistry.class, SocketEndpoints.class })
public final class SocketsMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SocketMeters socketsMeters(SocketEndpoints endpoints) {
		return new SocketMeters(endpoints);
	}

	@Bean
	@ConditionalOnMissingBean
	MemoryMeters socketsMemoryMeters(EventLoopGroup loops) {
		return new MemoryMeters(loops.memory());
	}

	@Bean
	@ConditionalOnMissingBean
	EngineMeters socketsEngineMeters(EventLoopGroup loops) {
		return new EngineMeters(loops.engine());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(value = Backplane.class, search = SearchStrategy.CURRENT)
	BackplaneMeters socketsBackplaneMeters(Backplane backplane) {
		return new BackplaneMeters(backplane.watch());
	}

}
