package dev.sockets.backplane.redis;

import java.util.function.Consumer;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;

/**
 * Hears of the end of a connection, and why it has come.
 */
final class EndListener implements RedisConnectionStateListener {

	private final Consumer<Throwable> ended;

	private volatile Throwable cause = new IllegalStateException("The connection was closed");

	EndListener(Consumer<Throwable> ended) {
		this.ended = ended;
	}

	@Override
	public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
		this.ended.accept(this.cause);
	}

	@Override
	public void onRedisExceptionCaught(RedisChannelHandler<?, ?> connection, Throwable failure) {
		this.cause = failure;
	}

}
