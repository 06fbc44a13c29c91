package dev.sockets.backplane;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Moves bytes between nodes: what one publishes to a channel comes to all that have
 * subscribed to it, the publisher too. Knows nothing of what the bytes mean. One engine
 * belongs to one node, which calls it from one thread at a time.
 */
public interface BackplaneEngine {

	/**
	 * Returns what it is called where it is shown.
	 * @return its name
	 */
	default String name() {
		return getClass().getSimpleName();
	}

	/**
	 * Begins to connect, and goes on to for ever. Returns at once.
	 * @param listener told what happens
	 */
	void start(Listener listener);

	/**
	 * Ends everything: the listener is not called any more, and no thread or connection
	 * is left.
	 */
	void stop();

	/**
	 * Makes a new connection although there may be one, as the node hears nothing.
	 */
	void reconnect();

	/**
	 * Wants to hear a channel. The engine brings it about, now and whenever it has been
	 * away, and says so by {@link Listener#subscribed}. Returns at once.
	 * @param channel the channel
	 */
	void subscribe(String channel);

	/**
	 * Wants to hear a channel no longer. Returns at once.
	 * @param channel the channel
	 */
	void unsubscribe(String channel);

	/**
	 * Publishes some messages in order. Sends nothing twice.
	 * @param burst the messages
	 * @return completed when they have arrived at the broker; exceptionally when that is
	 * not known. The node publishes nothing more before
	 */
	CompletionStage<Void> publish(List<Outgoing> burst);

	/**
	 * Told by the engine, on one thread at a time. Returns soon and throws nothing.
	 */
	interface Listener {

		/**
		 * A message has come.
		 * @param channel the channel
		 * @param message its bytes, not changed afterwards
		 */
		void received(String channel, byte[] message);

		/**
		 * What is published to a channel from now on is heard.
		 * @param channel the channel
		 */
		void subscribed(String channel);

		/**
		 * There is a connection.
		 */
		void connected();

		/**
		 * The connection is gone, or cannot be made. The engine goes on trying.
		 * @param cause why
		 */
		void lost(Throwable cause);

	}

}
