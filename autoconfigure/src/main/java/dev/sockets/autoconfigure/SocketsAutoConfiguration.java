package dev.sockets.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

import dev.sockets.autoconfigure.properties.SocketsProperties;

/**
 * Auto-configuration of named TCP servers and clients, multicast and UDP receivers and
 * senders.
 */
@AutoConfiguration(after = SslAutoConfiguration.class,
		afterName = "org.springframework.boot.integration.autoconfigure.IntegrationAutoConfiguration")
@ConditionalOnSwitch(value = "sockets.enabled", byDefault = true)
@EnableConfigurationProperties(SocketsProperties.class)
@Import({ EngineConfiguration.class, ChannelBackplaneConfiguration.class, BackplaneConfiguration.class,
		TcpConfiguration.class, MulticastConfiguration.class, RegistryConfiguration.class,
		AnnotationConfiguration.class })
public final class SocketsAutoConfiguration {

}
