package dev.sockets.tcp;

import java.nio.charset.Charset;
import java.time.Duration;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A log-in by fixed texts, before the application knows of a connection. A client sends
 * its hello first and expects an answer to it; a server expects the first message, and
 * sends its hello then. Each is a message of its own, past the codec.
 *
 * @param hello payload to send; {@code null} for nothing
 * @param expect what the whole text of the peer's message has to match; {@code null} when
 * none is expected, which only a client may do
 * @param charset the charset of that text
 * @param timeout how long the peer may take
 */
public record SessionSettings(byte @Nullable [] hello, @Nullable Pattern expect, Charset charset, Duration timeout) {

	/** Says nothing of the hello, which may hold a password. */
	@Override
	public String toString() {
		return "expect " + this.expect + " within " + this.timeout;
	}

}
