package dev.sockets.backplane.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ConnectionFuture;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.event.DefaultEventPublisherOptions;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections. A client connects by itself only once: what is to be done again
 * after a loss, and what must not be, is not left to it.
 */
final class RedisConnector {

	private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

	/** More than the messages of one burst. */
	private static final int MOST_COMMANDS = 8192;

	private static final long CLOSE_SECONDS = 2;

	private final List<RedisURI> addresses;

	private final ClientResources resources;

	private final RedisClient client;

	RedisConnector(List<RedisURI> addresses, ClientOptions options, @Nullable ClientResources shared) {
		this.addresses = addresses;
		this.resources = resources(shared);
		this.client = RedisClient.create(this.resources);
		this.client.setOptions(options.mutate()
			.autoReconnect(false)
			.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
			.requestQueueSize(MOST_COMMANDS)
			.publishOnScheduler(false)
			.timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
			.build());
	}

	/** What is taken from others here is not shut down with it. */
	private static ClientResources resources(@Nullable ClientResources shared) {
		ClientResources.Builder builder = DefaultClientResources.builder()
			.commandLatencyRecorder(CommandLatencyRecorder.disabled())
			.commandLatencyPublisherOptions(DefaultEventPublisherOptions.disabled());
		if (shared != null) {
			builder.eventLoopGroupProvider(shared.eventLoopGroupProvider())
				.eventExecutorGroup(shared.eventExecutorGroup())
				.timer(shared.timer())
				.addressResolverGroup(shared.addressResolverGroup())
				.nettyCustomizer(shared.nettyCustomizer());
		}
		return builder.build();
	}

	/** Returns the thread of who connects by this. */
	EventExecutor thread() {
		return this.resources.eventExecutorGroup().next();
	}

	/**
	 * Returns where to connect: whoever has lost one takes the next.
	 * @param turn how many were lost, or could not be reached
	 */
	RedisURI address(int turn) {
		return this.addresses.get(Math.floorMod(turn, this.addresses.size()));
	}

	CompletableFuture<StatefulRedisConnection<String, byte[]>> publishing(RedisURI address) {
		return attempt(() -> this.client.connectAsync(CODEC, address));
	}

	CompletableFuture<StatefulRedisPubSubConnection<String, byte[]>> subscribing(RedisURI address) {
		return attempt(() -> this.client.connectPubSubAsync(CODEC, address));
	}

	/** What is thrown at once is a failure like any other. */
	private static <T> CompletableFuture<T> attempt(Supplier<ConnectionFuture<T>> connect) {
		try {
			return connect.get().toCompletableFuture();
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	/** Closes all connections, and waits a little for that. */
	void close() {
		try {
			this.client.shutdownAsync(0, CLOSE_SECONDS, TimeUnit.SECONDS).get(CLOSE_SECONDS, TimeUnit.SECONDS);
			Future<Boolean> ended = this.resources.shutdown(0, CLOSE_SECONDS, TimeUnit.SECONDS);
			ended.await(CLOSE_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			this.resources.shutdown(0, CLOSE_SECONDS, TimeUnit.SECONDS);
		}
	}

}
