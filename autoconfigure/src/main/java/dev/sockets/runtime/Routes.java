package dev.sockets.runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import dev.sockets.InboundHandler;
import dev.sockets.MessagePeer;
import dev.sockets.RouteKey;

/**
 * The handlers of one endpoint that each get the messages with one key. Open to all
 * threads.
 *
 * @param <P> whom messages come from
 */
final class Routes<P extends MessagePeer> {

	private final String name;

	private final RouteKey key;

	private final Map<Object, InboundHandler<? super P>> handlers = new ConcurrentHashMap<>();

	/**
	 * Creates routes; there are none yet.
	 * @param path the endpoint's property path, for messages
	 * @param key finds the key of a message
	 */
	Routes(String path, RouteKey key) {
		this.name = path.substring(path.lastIndexOf('.') + 1);
		this.key = key;
	}

	/**
	 * Adds a handler.
	 * @param value the value of its messages' key
	 * @param handler the handler
	 * @throws IllegalArgumentException when there is one for that key, or no message can
	 * have it
	 */
	void add(String value, InboundHandler<? super P> handler) {
		InboundHandler<? super P> other = this.handlers.putIfAbsent(this.key.parse(value), handler);
		if (other != null) {
			throw new IllegalArgumentException(
					"'" + value + "' of '" + this.name + "' is handled already, by " + other);
		}
	}

	/**
	 * Removes a handler.
	 * @param value the value of its messages' key
	 * @return whether there was one
	 * @throws IllegalArgumentException when no message can have that
	 */
	boolean remove(String value) {
		return this.handlers.remove(this.key.parse(value)) != null;
	}

	/**
	 * Returns the handler of a message.
	 * @param payload its payload
	 * @return its handler; {@code null} when it has none of its own
	 */
	@Nullable InboundHandler<? super P> find(Object payload) {
		Object found = this.key.of(payload);
		return (found != null) ? this.handlers.get(found) : null;
	}

}
