package dev.sockets.autoconfigure;

import java.util.regex.Pattern;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import dev.sockets.registry.SocketEndpoints;

/**
 * Auto-configuration of what keeps the passwords of endpoints out of Actuator, even where
 * it shows the values of properties.
 */
@AutoConfiguration(after = SocketsAutoConfiguration.class)
@ConditionalOnClass(SanitizingFunction.class)
@ConditionalOnBean(SocketEndpoints.class)
public final class SocketsSanitizingAutoConfiguration {

	private static final Pattern PASSWORD = Pattern
		.compile("sockets[._]backplane[._](secret|old-?secrets.*|redis[._]url)|"
				+ "sockets[._]tcp[._](server|client)(-?defaults|[._][^.]+)[._](password|session[._](hello|expect)|credentials[._](username|password))",
				Pattern.CASE_INSENSITIVE);

	@Bean
	@ConditionalOnMissingBean(name = "socketsSanitizingFunction")
	SanitizingFunction socketsSanitizingFunction() {
		return SanitizingFunction.sanitizeValue().ifKeyMatches(PASSWORD);
	}

}
