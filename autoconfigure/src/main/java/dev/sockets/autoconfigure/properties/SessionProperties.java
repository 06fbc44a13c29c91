package dev.sockets.autoconfigure.properties;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.sockets.tcp.DuplicateSession;

/**
 * A log-in by fixed texts before the application knows of a connection, and what becomes
 * of connections that are bound to the same name.
 */
public class SessionProperties {

	/**
	 * Text that a client sends at first, and a server after the message that it expects,
	 * encoded by the charset. By default none.
	 */
	private @Nullable String hello;

	/**
	 * Regular expression that the whole answer to a client's hello has to match, or the
	 * first message of a server's client. By default a client expects none.
	 */
	private @Nullable String expect;

	/**
	 * Time that the expected message may take.
	 */
	private Duration timeout = Duration.ofSeconds(5);

	/**
	 * Fate of a server's connection when another one is bound to its name.
	 */
	private DuplicateSession duplicate = DuplicateSession.REPLACE;

	public @Nullable String getHello() {
		return this.hello;
	}

	public void setHello(@Nullable String hello) {
		this.hello = hello;
	}

	public @Nullable String getExpect() {
		return this.expect;
	}

	public void setExpect(@Nullable String expect) {
		this.expect = expect;
	}

	public Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(Duration timeout) {
		this.timeout = timeout;
	}

	public DuplicateSession getDuplicate() {
		return this.duplicate;
	}

	public void setDuplicate(DuplicateSession duplicate) {
		this.duplicate = duplicate;
	}

}
