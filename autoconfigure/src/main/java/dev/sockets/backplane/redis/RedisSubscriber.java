package dev.sockets.backplane.redis;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.api.async.RedisPubSubAsyncCommands;

/**
 * The connection that subscribes. All methods are called on the thread of its session.
 */
final class RedisSubscriber {

	private final StatefulRedisPubSubConnection<String, byte[]> connection;

	private final RedisPubSubAsyncCommands<String, byte[]> commands;

	private final Owner owner;

	private final Set<String> heard = new HashSet<>();

	private final Set<String> awaited = new HashSet<>();

	private final CompletableFuture<Void> ready = new CompletableFuture<>();

	private volatile boolean closed;

	RedisSubscriber(StatefulRedisPubSubConnection<String, byte[]> connection, Owner owner) {
		this.connection = connection;
		this.commands = connection.async();
		this.owner = owner;
		connection.addListener(new EndListener(this::ended));
		connection.addListener(new RedisPubSubAdapter<>() {

			@Override
			public void message(String channel, byte[] message) {
				if (!RedisSubscriber.this.closed) {
					owner.received(channel, message);
				}
			}

			@Override
			public void subscribed(String channel, long count) {
				owner.subscribed(RedisSubscriber.this, channel);
			}

		});
	}

	private void ended(Throwable cause) {
		this.owner.ended(this, cause);
	}

	/**
	 * Subscribes to all that is wished when it is made.
	 * @return completed when that is heard
	 */
	CompletableFuture<Void> begin(Collection<String> channels) {
		this.awaited.addAll(channels);
		if (channels.isEmpty()) {
			this.ready.complete(null);
		}
		else {
			subscribe(channels.toArray(String[]::new));
		}
		return this.ready;
	}

	void subscribe(String... channels) {
		this.commands.subscribe(channels).whenComplete((done, failure) -> {
			if (failure != null) {
				this.ready.completeExceptionally(failure);
				ended(failure);
			}
		});
	}

	void unsubscribe(String channel) {
		this.heard.remove(channel);
		this.commands.unsubscribe(channel);
		settle(channel);
	}

	void confirm(String channel) {
		this.heard.add(channel);
		settle(channel);
	}

	private void settle(String channel) {
		if (this.awaited.remove(channel) && this.awaited.isEmpty()) {
			this.ready.complete(null);
		}
	}

	Set<String> heard() {
		return this.heard;
	}

	boolean isOpen() {
		return this.connection.isOpen();
	}

	/** What has come and was not told is not told any more. */
	void close() {
		this.closed = true;
		this.connection.closeAsync();
	}

	/**
	 * Told by the connection's thread.
	 */
	interface Owner {

		/** A message has come. */
		void received(String channel, byte[] message);

		/** A channel is heard from now on. */
		void subscribed(RedisSubscriber subscriber, String channel);

		/** It hears nothing any more, or not all that it is to hear. */
		void ended(RedisSubscriber subscriber, Throwable cause);

	}

}
