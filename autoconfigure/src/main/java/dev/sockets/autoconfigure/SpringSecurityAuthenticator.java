package dev.sockets.autoconfigure;

import java.security.Principal;

import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.CredentialsContainer;

import dev.sockets.tcp.Credentials;
import dev.sockets.tcp.PeerLogin;
import dev.sockets.tcp.SocketAuthenticator;

/**
 * Asks Spring Security who a peer is that logs in by a user name and a password. The
 * principal of its connection is the {@link Authentication}.
 */
final class SpringSecurityAuthenticator implements SocketAuthenticator {

	private final AuthenticationManager manager;

	SpringSecurityAuthenticator(AuthenticationManager manager) {
		this.manager = manager;
	}

	@Override
	public @Nullable Principal authenticate(PeerLogin login) {
		Credentials credentials = login.credentials();
		if (credentials == null) {
			throw new IllegalStateException("Spring Security's AuthenticationManager takes user names and passwords: "
					+ "for the certificates that '" + login.server() + "' needs write a SocketAuthenticator");
		}
		UsernamePasswordAuthenticationToken request = UsernamePasswordAuthenticationToken
			.unauthenticated(credentials.username(), credentials.password().text());
		request.setDetails(login.remoteAddress());
		try {
			return known(this.manager.authenticate(request));
		}
		catch (AuthenticationServiceException | ProviderNotFoundException ex) {
			throw ex;
		}
		catch (AuthenticationException ex) {
			return null;
		}
		finally {
			request.eraseCredentials();
		}
	}

	/** The password is not kept for as long as the connection is. */
	private static @Nullable Principal known(@Nullable Authentication authentication) {
		if (authentication == null || !authentication.isAuthenticated()) {
			return null;
		}
		if (authentication instanceof CredentialsContainer container) {
			container.eraseCredentials();
		}
		return authentication;
	}

}
