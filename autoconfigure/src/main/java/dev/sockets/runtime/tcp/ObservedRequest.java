package dev.sockets.runtime.tcp;

import java.util.concurrent.CompletableFuture;

import dev.sockets.tcp.MessageObserver;

/**
 * Counts a request until it ends, and tells those who observe how it has.
 */
final class ObservedRequest {

	private ObservedRequest() {
	}

	/**
	 * A request begins.
	 * @param connection where it is sent
	 * @param answer completed when it ends
	 * @param payload the request
	 */
	static void begin(DefaultConnection connection, CompletableFuture<?> answer, Object payload) {
		ConnectionContext context = connection.context();
		context.registry().counts().requests().begin(answer);
		MessageObserver observer = context.dispatch().observer();
		if (observer != MessageObserver.NONE) {
			MessageObserver.Observed observation = observer.requesting(connection, payload);
			answer.whenComplete((result, failure) -> observation.ended(failure));
		}
	}

}
