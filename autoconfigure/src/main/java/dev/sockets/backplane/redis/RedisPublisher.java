package dev.sockets.backplane.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;

import dev.sockets.backplane.Outgoing;

/**
 * The connection that publishes. What it has not got an answer for when it ends has
 * failed.
 */
final class RedisPublisher {

	private static final byte[] NOTHING = new byte[0];

	private final StatefulRedisConnection<String, byte[]> connection;

	private final RedisAsyncCommands<String, byte[]> commands;

	/**
	 * Creates an instance.
	 * @param connection the connection
	 * @param ended told by any thread that it has ended
	 */
	RedisPublisher(StatefulRedisConnection<String, byte[]> connection, BiConsumer<RedisPublisher, Throwable> ended) {
		this.connection = connection;
		this.commands = connection.async();
		connection.setAutoFlushCommands(false);
		connection.addListener(new EndListener((cause) -> ended.accept(this, cause)));
	}

	/** Publishes a message of no frames, which shows whether this user may. */
	CompletionStage<Void> probe(String channel) {
		return publish(List.of(new Outgoing(channel, NOTHING)));
	}

	/** Called by one thread at a time, and again when the answers are there. */
	CompletionStage<Void> publish(List<Outgoing> burst) {
		try {
			CompletableFuture<?>[] answers = new CompletableFuture<?>[burst.size()];
			for (int i = 0; i < answers.length; i++) {
				Outgoing message = burst.get(i);
				answers[i] = this.commands.publish(message.channel(), message.message()).toCompletableFuture();
			}
			return CompletableFuture.allOf(answers);
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		finally {
			this.connection.flushCommands();
		}
	}

	boolean isOpen() {
		return this.connection.isOpen();
	}

	void close() {
		this.connection.closeAsync();
	}

}
