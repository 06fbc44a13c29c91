package dev.sockets.autoconfigure.properties;

import org.jspecify.annotations.Nullable;

/**
 * What a client logs in with.
 */
public class CredentialsProperties {

	/**
	 * Name of the user as whom the client logs in to a server with an authenticator. By
	 * default it does not log in.
	 */
	private @Nullable String username;

	/**
	 * Password of that user.
	 */
	private @Nullable String password;

	public @Nullable String getUsername() {
		return this.username;
	}

	public void setUsername(@Nullable String username) {
		this.username = username;
	}

	public @Nullable String getPassword() {
		return this.password;
	}

	public void setPassword(@Nullable String password) {
		this.password = password;
	}

}
