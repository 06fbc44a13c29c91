package dev.sockets;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Tells which answer belongs to which request, by a key that both carry. Then a peer may
 * answer in any order, and what it sends of its own accord is not taken for an answer.
 * One instance serves all connections of an endpoint, from several threads at once.
 *
 * <p>
 * Implement it as a bean and name the bean in {@code correlation} to find keys of your
 * own.
 */
public interface Correlation {

	/**
	 * Returns the key of a request. Called by who sends it.
	 * @param payload the request
	 * @return the key, compared by {@code equals}; {@code null} for a request that is
	 * answered by the next message without a key
	 */
	@Nullable Object keyOfRequest(Object payload);

	/**
	 * Returns the key of a message that may be an answer. Called by the thread that reads
	 * the connection, so it is not to block.
	 * @param payload the message
	 * @return the key; when no request with it waits the message is an ordinary one, as
	 * when it is {@code null} and no request without a key waits
	 */
	@Nullable Object keyOfAnswer(Object payload);

	/**
	 * Returns whether the keys are in the bytes of a frame, whatever the codec makes of
	 * them. Then both methods get the bytes, as {@code byte[]}, in place of the payload.
	 * @return whether they are; {@code false} by default
	 */
	default boolean readsFrames() {
		return false;
	}

	/**
	 * Returns a correlation by bytes at a fixed place of each frame, such as the
	 * transaction number of Modbus. A shorter frame has no key.
	 * @param offset how many bytes stand before the key
	 * @param size how many bytes the key has
	 * @return the correlation
	 */
	static Correlation bytes(int offset, int size) {
		return new BytesCorrelation(offset, size);
	}

	/**
	 * Returns a correlation by a part of each text: what the first group of a pattern
	 * matches, or the whole pattern when it has no group. A message in which it is not
	 * found, or that is no text, has no key.
	 * @param pattern looked for anywhere in the text
	 * @return the correlation
	 */
	static Correlation pattern(Pattern pattern) {
		return new PatternCorrelation(pattern);
	}

}
