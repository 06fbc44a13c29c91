package dev.sockets.autoconfigure;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Configuration;

import dev.sockets.autoconfigure.diagnostics.AbsentEngineException;
import dev.sockets.backplane.BackplaneEngine;

/**
 * Redis is to be the broker, and nothing that leads to it is there.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(BackplaneEngine.class)
class AbsentRedisConfiguration implements InitializingBean {

	@Override
	public void afterPropertiesSet() {
		throw new AbsentEngineException("redis", "io.lettuce.core.RedisClient", "spring-boot-starter-data-redis");
	}

}
