package dev.sockets.benchmarks.server;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;

/**
 * How Netty talks to the kernel.
 */
enum NettyTransport {

	EPOLL,

	/** Needs {@link Need#IO_URING}: only then its classes are on the class path. */
	IO_URING;

	EventLoopGroup loops() {
		return new MultiThreadIoEventLoopGroup(Loops.count(), switch (this) {
			case EPOLL -> EpollIoHandler.newFactory();
			case IO_URING -> IoUringIoHandler.newFactory();
		});
	}

	Class<? extends ServerSocketChannel> serverChannel() {
		return switch (this) {
			case EPOLL -> EpollServerSocketChannel.class;
			case IO_URING -> IoUringServerSocketChannel.class;
		};
	}

	Class<? extends SocketChannel> channel() {
		return switch (this) {
			case EPOLL -> EpollSocketChannel.class;
			case IO_URING -> IoUringSocketChannel.class;
		};
	}

}
