package dev.sockets.runtime.tcp;

import java.util.concurrent.Executor;

import dev.sockets.runtime.Callbacks;

/**
 * Runs the handlers and listeners of one endpoint that no event loop runs.
 */
final class MessageThreads implements Executor {

	private final Executor executor;

	MessageThreads(Executor executor) {
		this.executor = executor;
	}

	@Override
	public void execute(Runnable task) {
		this.executor.execute(() -> Callbacks.run(task));
	}

}
