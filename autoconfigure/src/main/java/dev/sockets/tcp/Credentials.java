package dev.sockets.tcp;

/**
 * A user name and a password. Never show themselves by accident.
 *
 * @param username name of the user
 * @param password the user's password
 */
public record Credentials(String username, Password password) {

	/** Longest user name that can be sent, in bytes of UTF-8. */
	public static final int MAX_USERNAME = 256;

	/** Longest password that can be sent, in bytes of UTF-8. */
	public static final int MAX_PASSWORD = 2048;

	/**
	 * Returns the credentials of two texts.
	 * @param username name of the user
	 * @param password the user's password
	 * @return the credentials
	 */
	public static Credentials of(String username, String password) {
		return new Credentials(username, Password.of(password));
	}

	@Override
	public String toString() {
		return "******";
	}

}
