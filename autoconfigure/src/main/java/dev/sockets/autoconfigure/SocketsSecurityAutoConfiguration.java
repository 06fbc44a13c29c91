package dev.sockets.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authentication.AuthenticationManager;

/**
 * Auto-configuration of an authenticator that asks Spring Security.
 */
@AutoConfiguration(afterName = { "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
		"org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration" })
@ConditionalOnClass(AuthenticationManager.class)
@ConditionalOnSingleCandidate(AuthenticationManager.class)
public final class SocketsSecurityAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "springSecurityAuthenticator")
	SpringSecurityAuthenticator springSecurityAuthenticator(AuthenticationManager manager) {
		return new SpringSecurityAuthenticator(manager);
	}

}
