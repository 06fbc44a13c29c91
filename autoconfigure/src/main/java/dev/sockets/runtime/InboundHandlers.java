package dev.sockets.runtime;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import dev.sockets.CommonSettings;
import dev.sockets.InboundHandler;
import dev.sockets.MessagePeer;
import dev.sockets.RouteKey;

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

	private final String path;

	private final @Nullable Routes<P> routes;

	/**
	 * Creates an endpoint's handlers; there are none yet.
	 * @param answers sends what they return
	 * @param settings those of the endpoint
	 */
	public InboundHandlers(Answers<P> answers, CommonSettings settings) {
		this.answers = answers;
		this.path = settings.path();
		RouteKey key = settings.routeBy();
		this.routes = (key != null) ? new Routes<>(settings.path(), key) : null;
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
	 * Adds the handler of the messages with a key, which go to it alone.
	 * @param value the key's value
	 * @param handler the handler
	 * @throws IllegalStateException when messages of the endpoint have no keys
	 * @throws IllegalArgumentException when there is one for that key, or no message can
	 * have it
	 */
	public void addRoute(String value, InboundHandler<? super P> handler) {
		routes().add(value, handler);
	}

	/**
	 * Removes the handler of the messages with a key.
	 * @param value the key's value
	 * @return whether there was one
	 * @throws IllegalStateException when messages of the endpoint have no keys
	 * @throws IllegalArgumentException when no message can have it
	 */
	public boolean removeRoute(String value) {
		return routes().remove(value);
	}

	private Routes<P> routes() {
		if (this.routes == null) {
			throw new IllegalStateException("the messages of " + this.path + " are not routed; set '" + this.path
					+ ".route-by' to first-word, json:/<pointer> or byte:<offset>");
		}
		return this.routes;
	}

	/**
	 * Has the handler of its key handle a message, or else all the others, and sends what
	 * they return.
	 * @param peer whom it came from
	 * @param payload its payload
	 * @return whether there was one
	 * @throws Exception what a handler throws, or sending its answer
	 */
	public boolean handle(P peer, Object payload) throws Exception {
		InboundHandler<? super P> route = (this.routes != null) ? this.routes.find(payload) : null;
		if (route != null) {
			answer(peer, route.handle(peer, payload));
			return true;
		}
		boolean taken = false;
		for (InboundHandler<? super P> handler : this.handlers) {
			taken = true;
			answer(peer, handler.handle(peer, payload));
		}
		return taken;
	}

	private void answer(P peer, @Nullable Object answer) {
		if (answer instanceof CompletionStage<?> stage) {
			answerLater(peer, stage);
		}
		else if (answer != null) {
			this.answers.send(peer, answer);
		}
	}

	/**
	 * Whatever the stage does, there is one answer. A listener that is told of it may
	 * stop the endpoint, whose end waits for the answer, so it is not to wait for that.
	 */
	private void answerLater(P peer, CompletionStage<?> stage) {
		AtomicBoolean ended = new AtomicBoolean();
		BiConsumer<@Nullable Object, @Nullable Throwable> later = this.answers.later(peer);
		try {
			stage.whenComplete((answer, failure) -> {
				if (ended.compareAndSet(false, true)) {
					Callbacks.run(() -> later.accept((failure == null) ? answer : null, failure));
				}
			});
		}
		catch (Throwable ex) {
			if (ended.compareAndSet(false, true)) {
				later.accept(null, null);
			}
			throw ex;
		}
	}

}
