package dev.sockets.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.lettuce.core.RedisURI;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Cluster;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Node;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Sentinel;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Standalone;
import org.springframework.util.StringUtils;

import dev.sockets.InvalidSettingException;

/**
 * Where the Redis of the backplane is. Numbers of databases are left out, as channels are
 * the same in all of them.
 */
final class RedisAddresses {

	static final String URL = "sockets.backplane.redis.url";

	/** Shown instead of a URL, which may have a password. */
	static final String HIDDEN = "******";

	static final Duration TIMEOUT = Duration.ofSeconds(5);

	private RedisAddresses() {
	}

	static List<RedisURI> of(String url) {
		RedisURI address = parsed(url);
		address.setTimeout(TIMEOUT);
		address.setDatabase(0);
		return List.of(address);
	}

	private static RedisURI parsed(String url) {
		try {
			RedisURI address = RedisURI.create(url);
			if (!isMistaken(address.getHost())) {
				return address;
			}
		}
		catch (IllegalArgumentException ex) {
			// It quotes the URL, and with it the password.
		}
		throw new InvalidSettingException(URL, HIDDEN,
				"like redis://user:password@host:6379, with rediss: for TLS, or not set to use spring.data.redis");
	}

	/** What is no port is taken for a part of the host. */
	private static boolean isMistaken(@Nullable String host) {
		return host != null && host.indexOf(':') >= 0 && host.indexOf(':') == host.lastIndexOf(':');
	}

	/**
	 * Returns where Redis is by what Spring Boot knows of it.
	 * @param details what it knows
	 * @param url the URL that it has that from, which alone says whether TLS is spoken
	 */
	static List<RedisURI> of(DataRedisConnectionDetails details, @Nullable String url) {
		boolean tls = details.getSslBundle() != null || isTls(details.getStandalone(), url);
		Sentinel sentinel = details.getSentinel();
		if (sentinel != null) {
			return List.of(of(sentinel, details, tls));
		}
		Cluster cluster = details.getCluster();
		if (cluster != null) {
			return cluster.getNodes()
				.stream()
				.map((node) -> of(node.host(), node.port(), details.getUsername(), details.getPassword(), tls))
				.toList();
		}
		Standalone one = details.getStandalone();
		if (one == null || details.getMasterReplica() != null) {
			throw new InvalidSettingException(URL, null,
					"set to the URL of the one that is written to, as spring.data.redis has replicas that hear only some messages");
		}
		return List.of(of(one.getHost(), one.getPort(), details.getUsername(), details.getPassword(), tls));
	}

	private static boolean isTls(@Nullable Standalone one, @Nullable String url) {
		if (one == null || !StringUtils.hasText(url)) {
			return false;
		}
		URI from = URI.create(url);
		return "rediss".equals(from.getScheme()) && one.getHost().equals(from.getHost())
				&& one.getPort() == from.getPort();
	}

	private static RedisURI of(Sentinel sentinel, DataRedisConnectionDetails details, boolean tls) {
		RedisURI.Builder builder = RedisURI.builder().withSentinelMasterId(sentinel.getMaster());
		for (Node node : sentinel.getNodes()) {
			builder.withSentinel(of(node.host(), node.port(), sentinel.getUsername(), sentinel.getPassword(), tls));
		}
		return build(builder, details.getUsername(), details.getPassword(), tls);
	}

	private static RedisURI of(String host, int port, @Nullable String user, @Nullable String password, boolean tls) {
		return build(RedisURI.Builder.redis(host, port), user, password, tls);
	}

	private static RedisURI build(RedisURI.Builder builder, @Nullable String user, @Nullable String password,
			boolean tls) {
		if (StringUtils.hasLength(password)) {
			char[] secret = password.toCharArray();
			if (StringUtils.hasLength(user)) {
				builder.withAuthentication(user, secret);
			}
			else {
				builder.withPassword(secret);
			}
		}
		return builder.withSsl(tls).withTimeout(TIMEOUT).build();
	}

}
