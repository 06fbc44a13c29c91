package dev.sockets.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration of Redis as what carries messages between nodes.
 */
@AutoConfiguration(before = SocketsAutoConfiguration.class,
		afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@ConditionalOnSwitch(value = "sockets.enabled", byDefault = true)
@ConditionalOnProperty(name = "sockets.backplane.type", havingValue = "redis")
@Import({ RedisBackplaneConfiguration.class, AbsentRedisConfiguration.class })
public final class SocketsRedisAutoConfiguration {

}
