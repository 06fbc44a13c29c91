package dev.sockets.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.SegmentedDatagramPacket;

/**
 * Sends numbered datagrams to a group, on one interface and not beyond it. The kernel
 * cuts several datagrams out of one system call (generic segmentation offload), as else
 * sending costs more than receiving, and it would be the sender that is measured.
 */
public final class DatagramLoad implements AutoCloseable {

	private static final int DATAGRAM_BYTES = 256;

	private static final int MOST_AT_ONCE = 16;

	private static final long PAUSE_NANOS = 50_000;

	private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

	private final InetSocketAddress group;

	private final Channel channel;

	private long number;

	/**
	 * Opens a socket.
	 * @param group where to send
	 * @param on the interface over which to send
	 */
	public DatagramLoad(InetSocketAddress group, NetworkInterface on) {
		this.group = group;
		this.channel = new Bootstrap().group(this.loop)
			.channelFactory(() -> new EpollDatagramChannel(SocketProtocolFamily.INET))
			.option(ChannelOption.IP_MULTICAST_IF, on)
			.handler(new ChannelInboundHandlerAdapter())
			.bind(0)
			.syncUninterruptibly()
			.channel();
	}

	/**
	 * Returns whether the kernel can cut datagrams.
	 * @return whether this load can be used
	 */
	public static boolean isSupported() {
		return EpollDatagramChannel.isSegmentedDatagramPacketSupported();
	}

	/**
	 * Sends.
	 * @param duration how long
	 * @param rate datagrams a second, or {@link Integer#MAX_VALUE} for as many as
	 * possible
	 * @return how many were sent
	 * @throws IOException when that fails
	 */
	public long send(Duration duration, int rate) throws IOException {
		try {
			return this.loop.submit(() -> sendOnLoop(duration.toNanos(), rate)).get();
		}
		catch (ExecutionException ex) {
			throw new IOException(ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

	private long sendOnLoop(long nanos, int rate) throws IOException {
		long start = System.nanoTime();
		long first = this.number;
		long elapsed;
		while ((elapsed = System.nanoTime() - start) < nanos) {
			long due = (rate == Integer.MAX_VALUE) ? MOST_AT_ONCE
					: (long) (elapsed / 1e9 * rate) - (this.number - first);
			if (due > 0) {
				send((int) Math.min(due, MOST_AT_ONCE));
			}
			else {
				LockSupport.parkNanos(this, PAUSE_NANOS);
			}
		}
		return this.number - first;
	}

	private void send(int count) throws IOException {
		ByteBuf datagrams = this.channel.alloc().directBuffer(count * DATAGRAM_BYTES);
		for (int i = 0; i < count; i++) {
			datagrams.setLong(i * DATAGRAM_BYTES, this.number++);
		}
		datagrams.writerIndex(count * DATAGRAM_BYTES);
		ChannelFuture sent = this.channel
			.writeAndFlush(new SegmentedDatagramPacket(datagrams, DATAGRAM_BYTES, this.group));
		if (!sent.isSuccess()) {
			throw new IOException("A datagram was not sent at once", sent.cause());
		}
	}

	@Override
	public void close() {
		this.channel.close().syncUninterruptibly();
		this.loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
	}

}
