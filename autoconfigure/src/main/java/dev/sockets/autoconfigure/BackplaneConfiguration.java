package dev.sockets.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

import dev.sockets.InvalidSettingException;
import dev.sockets.autoconfigure.properties.BackplaneProperties;
import dev.sockets.autoconfigure.properties.SocketsProperties;
import dev.sockets.backplane.BackplaneEngine;
import dev.sockets.backplane.BackplaneSettings;
import dev.sockets.runtime.backplane.Backplane;
import dev.sockets.runtime.tcp.BackgroundThreads;

/**
 * Other nodes, when there is an engine that leads to them.
 */
@Configuration(proxyBeanMethods = false)
class BackplaneConfiguration {

	private static final String PREFIX = "sockets.backplane.prefix";

	@Bean
	ThisNode socketsThisNode(SocketsProperties properties) {
		return ThisNode.of(properties.getNode());
	}

	@Bean
	BackplaneTypeCheck socketsBackplaneTypeCheck(SocketsProperties properties) {
		return new BackplaneTypeCheck(properties.getBackplane());
	}

	@Bean
	@ConditionalOnBean(value = BackplaneEngine.class, search = SearchStrategy.CURRENT)
	Backplane socketsBackplane(ThisNode node, BackplaneEngine engine, SocketsProperties properties,
			Environment environment) {
		return new Backplane(node.id(), settings(properties.getBackplane(), environment), engine,
				new BackgroundThreads("sockets-backplane-result"));
	}

	@Bean
	@ConditionalOnBean(value = BackplaneEngine.class, search = SearchStrategy.CURRENT)
	BackplaneLifecycle socketsBackplaneLifecycle(Backplane backplane) {
		return new BackplaneLifecycle(backplane);
	}

	static BackplaneSettings settings(BackplaneProperties properties, Environment environment) {
		BackplaneProperties.Heartbeat heartbeat = properties.getHeartbeat();
		BackplaneProperties.Outbound outbound = properties.getOutbound();
		return BackplaneSettings.builder(prefix(properties, environment))
			.secret(properties.getSecret(), properties.getOldSecrets())
			.heartbeat(heartbeat.getInterval(), heartbeat.getTimeout())
			.outbound(bytes("outbound.max-pending", outbound.getMaxPending()), outbound.getMaxWait())
			.window(bytes("outbound.window", outbound.getWindow()))
			.inbound(bytes("inbound.max-pending", properties.getInbound().getMaxPending()))
			.requests(properties.getRequestTimeout(), properties.getMaxPendingRequests())
			.groupChannels(properties.getGroupChannels())
			.presence(properties.getPresence().isEnabled())
			.build();
	}

	private static String prefix(BackplaneProperties properties, Environment environment) {
		String prefix = properties.getPrefix();
		String name = (prefix != null) ? prefix : environment.getProperty("spring.application.name");
		if (!StringUtils.hasText(name)) {
			throw new InvalidSettingException(PREFIX, prefix,
					"set, or spring.application.name, as it separates applications on one broker");
		}
		return name;
	}

	private static int bytes(String key, DataSize size) {
		if (size.toBytes() < 1 || size.toBytes() > Integer.MAX_VALUE) {
			throw new InvalidSettingException("sockets.backplane." + key, size, "at least 1B and at most 2047MB");
		}
		return (int) size.toBytes();
	}

}
