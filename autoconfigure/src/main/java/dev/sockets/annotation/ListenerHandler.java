package dev.sockets.annotation;

import org.jspecify.annotations.Nullable;

import org.springframework.core.convert.ConversionService;

import dev.sockets.InboundHandler;
import dev.sockets.MessagePeer;
import dev.sockets.SocketEndpoint;
import dev.sockets.annotation.BeanMethods.BeanMethod;

/**
 * A method that handles messages of one endpoint.
 *
 * @param method what messages call it
 * @param arguments makes its arguments
 * @param target calls it
 * @param result makes replies of what it returns
 */
record ListenerHandler(String method, ListenerArguments arguments, ListenerTarget target,
		ListenerResult result) implements InboundHandler<MessagePeer> {

	/**
	 * Prepares calls.
	 * @param found the method
	 * @param target calls it
	 * @param endpoint whose messages it handles
	 * @param conversionService converts payloads
	 * @throws IllegalArgumentException when a parameter can't have an argument, or what
	 * it returns is no reply
	 */
	static ListenerHandler of(BeanMethod<?> found, ListenerTarget target, SocketEndpoint endpoint,
			ConversionService conversionService) {
		return new ListenerHandler(Signatures.of(found.method()),
				new ListenerArguments(found.method(), found.type(), endpoint, conversionService), target,
				new ListenerResult(found.method(), found.type(), EndpointBeans.payloads(endpoint), conversionService));
	}

	@Override
	public @Nullable Object handle(MessagePeer peer, Object payload) throws Exception {
		return this.result.reply(this.target.invoke(this.arguments.resolve(peer, payload)));
	}

	@Override
	public String toString() {
		return this.method;
	}

}
