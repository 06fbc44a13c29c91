package dev.sockets.autoconfigure;

import java.util.List;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.resource.ClientResources;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;

import dev.sockets.FailureText;
import dev.sockets.InvalidSettingException;
import dev.sockets.autoconfigure.properties.SocketsProperties;
import dev.sockets.backplane.BackplaneEngine;
import dev.sockets.backplane.redis.RedisEngine;

/**
 * The engine whose broker is Redis, as Spring Boot knows it or by an URL of its own.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ RedisClient.class, DataRedisConnectionDetails.class })
class RedisBackplaneConfiguration {

	private static final String BUNDLE = "spring.data.redis.ssl.bundle";

	@Bean
	@ConditionalOnMissingBean(BackplaneEngine.class)
	RedisEngine socketsRedisEngine(SocketsProperties properties, ThisNode node,
			ObjectProvider<DataRedisConnectionDetails> details, ObjectProvider<DataRedisProperties> known,
			ObjectProvider<ClientResources> resources,
			ObjectProvider<LettuceClientOptionsBuilderCustomizer> customizers) {
		String url = properties.getBackplane().getRedis().getUrl();
		ClientOptions.Builder options = ClientOptions.builder()
			.socketOptions(SocketOptions.builder().connectTimeout(RedisAddresses.TIMEOUT).build());
		List<RedisURI> addresses = (url != null) ? RedisAddresses.of(url) : RedisAddresses
			.of(known(details.getIfUnique(), options, known.getIfUnique()), urlOf(known.getIfUnique()));
		addresses.forEach((address) -> address.setClientName("sockets:" + node.id()));
		customizers.orderedStream().forEach((customizer) -> customizer.customize(options));
		return new RedisEngine(addresses, options.build(), resources.getIfUnique());
	}

	private static DataRedisConnectionDetails known(@Nullable DataRedisConnectionDetails details,
			ClientOptions.Builder options, @Nullable DataRedisProperties properties) {
		if (details == null) {
			throw new InvalidSettingException(RedisAddresses.URL, null,
					"set, as Spring Boot knows no Redis here: DataRedisAutoConfiguration is left out, or there are several DataRedisConnectionDetails beans");
		}
		try {
			SslBundle bundle = details.getSslBundle();
			if (bundle != null) {
				options.sslOptions(tls(bundle));
			}
		}
		catch (NoSuchSslBundleException ex) {
			throw new InvalidSettingException(BUNDLE, ex.getBundleName(),
					"the name of a bundle below spring.ssl.bundle, where there is none of that name");
		}
		catch (RuntimeException ex) {
			throw new InvalidSettingException(BUNDLE, (properties != null) ? properties.getSsl().getBundle() : null,
					"a bundle that can be used. This one cannot: "
							+ FailureText.message(NestedExceptionUtils.getMostSpecificCause(ex)));
		}
		return details;
	}

	private static @Nullable String urlOf(@Nullable DataRedisProperties properties) {
		return (properties != null) ? properties.getUrl() : null;
	}

	private static SslOptions tls(SslBundle bundle) {
		SslOptions.Builder options = SslOptions.builder()
			.keyManager(bundle.getManagers().getKeyManagerFactory())
			.trustManager(bundle.getManagers().getTrustManagerFactory());
		String[] ciphers = bundle.getOptions().getCiphers();
		if (ciphers != null) {
			options.cipherSuites(ciphers);
		}
		String[] protocols = bundle.getOptions().getEnabledProtocols();
		if (protocols != null) {
			options.protocols(protocols);
		}
		return options.build();
	}

}
