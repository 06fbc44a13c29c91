package dev.sockets.runtime.tcp;

import dev.sockets.runtime.InboundHandlers;

/**
 * The answers of handlers that come after these have returned. They are found on any
 * thread, which must not wait for a peer.
 */
final class LateAnswers implements InboundHandlers.LateAnswers<DefaultConnection> {

	@Override
	public void begin(DefaultConnection connection) {
		connection.answers().begin();
	}

	@Override
	public void end(DefaultConnection connection) {
		connection.answers().end();
	}

	@Override
	public void send(DefaultConnection connection, Object answer) {
		connection.sendAsync(answer).whenComplete((result, failure) -> {
			if (failure != null) {
				failed(connection, failure);
			}
		});
	}

	@Override
	public void failed(DefaultConnection connection, Throwable failure) {
		connection.reader().failures().handlerFailed(failure);
	}

}
