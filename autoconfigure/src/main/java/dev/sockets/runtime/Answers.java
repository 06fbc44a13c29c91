package dev.sockets.runtime;

import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import dev.sockets.MessagePeer;

/**
 * How what handlers return gets back to whom the message came from.
 *
 * @param <P> whom messages come from
 */
public interface Answers<P extends MessagePeer> {

	/**
	 * Sends an answer that a handler has returned, on the thread that called it.
	 * @param peer to whom
	 * @param answer what to send
	 * @throws RuntimeException when it is not sent
	 */
	default void send(P peer, Object answer) {
		peer.send(answer);
	}

	/**
	 * An answer will come later, or a failure.
	 * @param peer who waits for it
	 * @return given the answer or the failure, once, by whatever thread has found it;
	 * {@code null} for both when there is neither
	 */
	default BiConsumer<@Nullable Object, @Nullable Throwable> later(P peer) {
		return (answer, failure) -> {
			try {
				if (failure != null) {
					failed(peer, failure);
				}
				else if (answer != null) {
					peer.send(answer);
				}
			}
			catch (RuntimeException ex) {
				failed(peer, ex);
			}
		};
	}

	/**
	 * There will be no answer, or it is not sent.
	 * @param peer who waits for it
	 * @param failure why
	 */
	void failed(P peer, Throwable failure);

}
