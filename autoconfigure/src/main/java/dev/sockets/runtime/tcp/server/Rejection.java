package dev.sockets.runtime.tcp.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.stream.ChannelHandler;
import dev.sockets.loop.stream.InputEnd;
import dev.sockets.loop.stream.StreamChannel;

/**
 * Turns one connection away: tells it so, and closes it after a while.
 */
final class Rejection implements ChannelHandler {

	private final AtomicInteger underWay;

	private final long delay;

	private final @Nullable ByteBuffer message;

	private volatile @Nullable StreamChannel channel;

	private volatile long begun;

	/**
	 * Creates a rejection.
	 * @param underWay counts the rejections under way
	 * @param message what to tell the peer; {@code null} for nothing
	 * @param delay after how many nanoseconds to close
	 */
	Rejection(AtomicInteger underWay, @Nullable ByteBuffer message, long delay) {
		this.underWay = underWay;
		this.message = message;
		this.delay = delay;
	}

	void begin(StreamChannel channel) {
		this.channel = channel;
		this.begun = channel.nanos();
		this.underWay.incrementAndGet();
		channel.open();
	}

	@Override
	public void opened() {
		StreamChannel channel = this.channel;
		if (channel != null) {
			if (this.message != null) {
				channel.send(this.message, null);
			}
			closeWhenDue(channel, channel.nanos());
		}
	}

	@Override
	public void tick(long now) {
		StreamChannel channel = this.channel;
		if (channel != null) {
			closeWhenDue(channel, now);
		}
	}

	@Override
	public int received(byte[] bytes, int start, int end) {
		return end;
	}

	@Override
	public void inputEnded(InputEnd end) {
		StreamChannel channel = this.channel;
		if (channel != null) {
			channel.close();
		}
	}

	@Override
	public void closed() {
		this.underWay.decrementAndGet();
	}

	@Override
	public void connectFailed(IOException cause) {
		this.underWay.decrementAndGet();
	}

	private void closeWhenDue(StreamChannel channel, long now) {
		if (now - this.begun >= this.delay) {
			channel.close();
		}
	}

}
