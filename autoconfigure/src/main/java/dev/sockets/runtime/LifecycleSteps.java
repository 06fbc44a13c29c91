package dev.sockets.runtime;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * What an endpoint of some kind does when it starts and stops. Called by its
 * {@link Lifecycle}: on the thread that starts it, on the one that stops it, and at last
 * on the one that has handled its last message.
 */
public interface LifecycleSteps {

	/**
	 * Opens what the endpoint needs. Nothing is to be left open when it throws.
	 * @throws IOException when that can't be opened
	 */
	void open() throws IOException;

	/** Tells that the endpoint has started, and lets messages in. */
	void opened();

	/**
	 * Takes in nothing more and begins to close.
	 * @return completed when nothing more comes in
	 */
	CompletableFuture<Void> beginClosing();

	/** Everything is closed: tells that the endpoint has stopped. */
	void closed();

}
