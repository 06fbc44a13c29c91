package dev.sockets.annotation;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

import dev.sockets.Payloads;

/**
 * What the {@link SocketListener} methods of each endpoint have to agree on: what
 * messages are decoded to, where only the methods say it, and who replies. Guarded by its
 * owner.
 */
final class ListenerAgreements {

	private record Wanted(String type, String method) {

	}

	private record Replying(String method, boolean ordered) {

	}

	private final Map<String, Wanted> wanted = new HashMap<>();

	private final Map<String, Replying> replying = new HashMap<>();

	/**
	 * A method is going to get the messages of an endpoint.
	 * @param endpoint the endpoint's name
	 * @param path its property path
	 * @param payloads knows what its codec decodes to
	 * @param handler calls the method
	 * @param ordered whether the method says when it is called among others
	 * @throws IllegalArgumentException when it does not agree with another one
	 */
	void join(String endpoint, String path, Payloads payloads, ListenerHandler handler, boolean ordered) {
		for (ResolvableType type : handler.arguments().wanted()) {
			if (payloads.expect(type)) {
				agree(endpoint, path, new Wanted(type.toString(), handler.method()));
			}
		}
		if (handler.result().isReply()) {
			agree(endpoint, new Replying(handler.method(), ordered));
		}
	}

	/**
	 * An endpoint is gone.
	 * @param endpoint its name
	 */
	void forget(String endpoint) {
		this.wanted.remove(endpoint);
		this.replying.remove(endpoint);
	}

	private void agree(String endpoint, String path, Wanted next) {
		Wanted first = this.wanted.putIfAbsent(endpoint, next);
		if (first != null && !first.type().equals(next.type())) {
			throw new IllegalArgumentException(("it takes the messages of '%s' as %s, but %s takes them as %s: "
					+ "have both take one class, or set '%s.payload-type' to the class that they are, or to "
					+ "java.lang.Object to have them converted for each method")
				.formatted(endpoint, next.type(), first.method(), first.type(), path));
		}
	}

	private void agree(String endpoint, Replying next) {
		@Nullable Replying first = this.replying.putIfAbsent(endpoint, next);
		if (first != null && !(first.ordered() && next.ordered())) {
			throw new IllegalArgumentException(("each message of '%s' would get two replies, as %s returns one too: "
					+ "have one of them return nothing, or give both an @Order if the peer is to get both")
				.formatted(endpoint, first.method()));
		}
	}

}
