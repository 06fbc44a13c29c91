package dev.sockets.runtime;

import dev.sockets.InboundEndpoint;
import dev.sockets.InboundHandler;
import dev.sockets.MessagePeer;

/**
 * An endpoint that has {@link InboundHandlers}.
 *
 * @param <P> whom messages come from
 */
public interface ReceivingEndpoint<P extends MessagePeer> extends InboundEndpoint<P>, RuntimeEndpoint {

	/**
	 * Returns the handlers of its messages.
	 * @return always the same object
	 */
	InboundHandlers<? extends P> handlers();

	@Override
	default void addHandler(InboundHandler<? super P> handler) {
		handlers().add(handler);
	}

	@Override
	default void addRoute(String value, InboundHandler<? super P> handler) {
		handlers().addRoute(value, handler);
	}

	@Override
	default boolean removeRoute(String value) {
		return handlers().removeRoute(value);
	}

	@Override
	default boolean removeHandler(InboundHandler<? super P> handler) {
		return handlers().remove(handler);
	}

}
