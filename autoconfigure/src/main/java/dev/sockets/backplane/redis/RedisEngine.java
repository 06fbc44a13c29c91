package dev.sockets.backplane.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisURI;
import io.lettuce.core.resource.ClientResources;
import org.jspecify.annotations.Nullable;

import dev.sockets.backplane.BackplaneEngine;
import dev.sockets.backplane.Outgoing;

/**
 * Moves the bytes of a backplane by the plain publish and subscribe of Redis: one
 * connection publishes, another one subscribes. It keeps nothing in Redis, sends nothing
 * twice, and needs of Redis no more than {@code PUBLISH}, {@code SUBSCRIBE} and
 * {@code UNSUBSCRIBE}.
 */
public final class RedisEngine implements BackplaneEngine {

	private final List<RedisURI> addresses;

	private final ClientOptions options;

	private final @Nullable ClientResources shared;

	private volatile @Nullable RedisSession session;

	/**
	 * Creates an engine that is not started.
	 * @param addresses where Redis is, at least one. Several are nodes of one cluster,
	 * any of which will do
	 * @param options how connections are made; what has to be kept for the promises of
	 * this engine is set by itself
	 * @param shared whose threads are used, and not ended; {@code null} for threads of
	 * its own
	 */
	public RedisEngine(List<RedisURI> addresses, ClientOptions options, @Nullable ClientResources shared) {
		this.addresses = List.copyOf(addresses);
		this.options = options;
		this.shared = shared;
	}

	@Override
	public String name() {
		return "redis";
	}

	@Override
	public synchronized void start(Listener listener) {
		if (this.session == null) {
			RedisSession begun = new RedisSession(new RedisConnector(this.addresses, this.options, this.shared),
					new Teller(listener));
			this.session = begun;
			begun.start();
		}
	}

	@Override
	public synchronized void stop() {
		RedisSession ended = this.session;
		this.session = null;
		if (ended != null) {
			ended.stop();
		}
	}

	@Override
	public void reconnect() {
		RedisSession current = this.session;
		if (current != null) {
			current.reconnect();
		}
	}

	@Override
	public void subscribe(String channel) {
		RedisSession current = this.session;
		if (current != null) {
			current.subscribe(channel);
		}
	}

	@Override
	public void unsubscribe(String channel) {
		RedisSession current = this.session;
		if (current != null) {
			current.unsubscribe(channel);
		}
	}

	@Override
	public CompletionStage<Void> publish(List<Outgoing> burst) {
		RedisSession current = this.session;
		return (current != null) ? current.publish(burst)
				: CompletableFuture.failedFuture(new IllegalStateException("The engine is not started"));
	}

}
