package dev.sockets.autoconfigure;

import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import dev.sockets.metrics.ObservingMessages;
import dev.sockets.metrics.SocketObservationConvention;
import dev.sockets.tcp.MessageObserver;

/**
 * Auto-configuration of observations of messages. Off by default, as they cost more than
 * handling a message does.
 */
@AutoConfiguration(
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
@ConditionalOnSwitch("sockets.observations.enabled")
public final class SocketsObservationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(MessageObserver.class)
	ObservingMessages socketsMessageObserver(ObservationRegistry registry,
			ObjectProvider<SocketObservationConvention> convention) {
		return new ObservingMessages(registry, convention.getIfUnique());
	}

}
