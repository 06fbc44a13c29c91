package dev.sockets.runtime;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

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

	private final List<InboundHandler<? super P>> handlers = new CopyOnWriteArrayList<>();

	private final Answers<P> answers;

	/**
	 * Creates an endpoint's handlers; there are none yet.
	 * @param answers sends what they return
	 */
	public InboundHandlers(Answers<P> answers) {
		this.answers = answers;
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
				this.answers.send(peer, answer);
			}
		}
	}

	/** Whatever the stage does, there is one answer. */
	private void answerLater(P peer, CompletionStage<?> stage) {
		AtomicBoolean ended = new AtomicBoolean();
		Consumer<@Nullable Object> later = this.answers.later(peer);
		try {
			stage.whenComplete((answer, failure) -> {
				if (ended.compareAndSet(false, true)) {
					end(peer, later, answer, failure);
				}
			});
		}
		catch (Throwable ex) {
			if (ended.compareAndSet(false, true)) {
				later.accept(null);
			}
			throw ex;
		}
	}

	private void end(P peer, Consumer<@Nullable Object> later, @Nullable Object answer, @Nullable Throwable failure) {
		try {
			if (failure != null) {
				this.answers.failed(peer, failure);
			}
		}
		finally {
			later.accept((failure == null) ? answer : null);
		}
	}

}
