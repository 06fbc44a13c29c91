package dev.sockets.runtime;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import dev.sockets.InboundHandler;
import dev.sockets.MessagePeer;

/**
 * The handlers that were added to one endpoint, and the way of what they return: back to
 * whom the message came from. Open to all threads; messages are handled on the thread
 * that delivers them.
 *
 * @param <P> whom messages come from
 */
public final class InboundHandlers<P extends MessagePeer> {

	/**
	 * What an endpoint does when an answer is there after its handler has returned.
	 *
	 * @param <P> whom messages come from
	 */
	public interface LateAnswers<P extends MessagePeer> {

		/**
		 * An answer will come later, or a failure.
		 * @param peer who waits for it
		 */
		default void begin(P peer) {
		}

		/**
		 * It has come, and was sent as far as that was possible. Called once for each
		 * {@link #begin}.
		 * @param peer who has waited for it
		 */
		default void end(P peer) {
		}

		/**
		 * Sends an answer, on whatever thread has found it.
		 * @param peer to whom
		 * @param answer what to send
		 * @throws RuntimeException when it is not sent
		 */
		default void send(P peer, Object answer) {
			peer.send(answer);
		}

		/**
		 * There will be no answer, or it is not sent.
		 * @param peer who waits for it
		 * @param failure why
		 */
		void failed(P peer, Throwable failure);

	}

	private final List<InboundHandler<? super P>> handlers = new CopyOnWriteArrayList<>();

	private final LateAnswers<P> later;

	/**
	 * Creates an endpoint's handlers; there are none yet.
	 * @param later takes care of answers that come later
	 */
	public InboundHandlers(LateAnswers<P> later) {
		this.later = later;
	}

	/**
	 * Adds a handler, called after those that are there.
	 * @param handler the handler
	 */
	public void add(InboundHandler<? super P> handler) {
		this.handlers.add(handler);
	}

	/**
	 * Removes a handler.
	 * @param handler the handler
	 * @return whether it was there
	 */
	public boolean remove(InboundHandler<? super P> handler) {
		return this.handlers.remove(handler);
	}

	/**
	 * Has all handlers handle a message, and sends what they return.
	 * @param peer whom it came from
	 * @param payload its payload
	 * @throws Exception what a handler throws, or sending its answer
	 */
	public void handle(P peer, Object payload) throws Exception {
		for (InboundHandler<? super P> handler : this.handlers) {
			Object answer = handler.handle(peer, payload);
			if (answer instanceof CompletionStage<?> stage) {
				answerLater(peer, stage);
			}
			else if (answer != null) {
				peer.send(answer);
			}
		}
	}

	/** Whatever the stage does, there is one answer. */
	private void answerLater(P peer, CompletionStage<?> stage) {
		AtomicBoolean ended = new AtomicBoolean();
		this.later.begin(peer);
		try {
			stage.whenComplete((result, failure) -> {
				if (ended.compareAndSet(false, true)) {
					try {
						answerLater(peer, result, failure);
					}
					finally {
						this.later.end(peer);
					}
				}
			});
		}
		catch (Throwable ex) {
			if (ended.compareAndSet(false, true)) {
				this.later.end(peer);
			}
			throw ex;
		}
	}

	private void answerLater(P peer, @Nullable Object answer, @Nullable Throwable failure) {
		if (failure != null) {
			this.later.failed(peer, failure);
		}
		else if (answer != null) {
			try {
				this.later.send(peer, answer);
			}
			catch (RuntimeException ex) {
				this.later.failed(peer, ex);
			}
		}
	}

}
