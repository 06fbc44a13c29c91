package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;

import org.jspecify.annotations.Nullable;

import dev.sockets.UnixSocketAddress;
import dev.sockets.loop.EventLoop;

/**
 * Addresses as the application sees them and as sockets have them, which are two things
 * for Unix domain sockets.
 */
public final class SocketAddresses {

	private SocketAddresses() {
	}

	/**
	 * Opens a socket that can be connected.
	 * @param address where to
	 * @param loop the event loop that is to serve it
	 * @return the socket
	 */
	public static SocketChannel open(InetSocketAddress address, EventLoop loop) throws IOException {
		SelectorProvider provider = loop.provider();
		return isUnix(address) ? provider.openSocketChannel(StandardProtocolFamily.UNIX) : provider.openSocketChannel();
	}

	/**
	 * Opens a socket that can be bound.
	 * @param address where
	 * @param loop the event loop that is to serve it
	 * @return the socket
	 */
	public static ServerSocketChannel openServer(InetSocketAddress address, EventLoop loop) throws IOException {
		SelectorProvider provider = loop.provider();
		return isUnix(address) ? provider.openServerSocketChannel(StandardProtocolFamily.UNIX)
				: provider.openServerSocketChannel();
	}

	public static boolean isUnix(InetSocketAddress address) {
		return address instanceof UnixSocketAddress;
	}

	/**
	 * Returns what to bind or connect a socket to.
	 * @param address the address as the application sees it
	 */
	public static SocketAddress real(InetSocketAddress address) {
		return (address instanceof UnixSocketAddress unix) ? UnixDomainSocketAddress.of(unix.getPath()) : address;
	}

	/** Returns the address of this side of a socket, as the application sees it. */
	public static InetSocketAddress local(SocketChannel socket) throws IOException {
		return seen(socket.getLocalAddress(), socket.getRemoteAddress());
	}

	/** Returns the address of the peer of a socket, as the application sees it. */
	public static InetSocketAddress remote(SocketChannel socket) throws IOException {
		return seen(socket.getRemoteAddress(), socket.getLocalAddress());
	}

	/**
	 * Returns an address as the application sees it.
	 * @param address the address of a socket
	 * @param other that of its other side, which stands for both when only one side of a
	 * Unix domain socket has a path
	 */
	public static InetSocketAddress seen(SocketAddress address, @Nullable SocketAddress other) {
		if (address instanceof UnixDomainSocketAddress unix) {
			boolean named = !unix.getPath().toString().isEmpty();
			return (!named && other != null) ? seen(other, null) : UnixSocketAddress.of(unix.getPath());
		}
		return (InetSocketAddress) address;
	}

}
