package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.sockets.tcp.KeepAlive;
import dev.sockets.tcp.SocketOptions;

/**
 * Sets the configured options on sockets.
 */
public final class SocketConfigurer {

	private SocketConfigurer() {
	}

	/** Sets all that the socket has: one that is no TCP socket has few. */
	public static void configure(SocketChannel socket, SocketOptions options) throws IOException {
		if (socket.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
			configureTcp(socket, options);
		}
		set(socket, StandardSocketOptions.SO_RCVBUF, options.receiveBuffer());
		set(socket, StandardSocketOptions.SO_SNDBUF, options.sendBuffer());
		set(socket, StandardSocketOptions.SO_LINGER, options.linger());
	}

	private static void configureTcp(SocketChannel socket, SocketOptions options) throws IOException {
		set(socket, StandardSocketOptions.TCP_NODELAY, options.tcpNoDelay());
		set(socket, StandardSocketOptions.SO_KEEPALIVE, options.probesPeers());
		KeepAlive probes = options.probes();
		if (probes != null) {
			for (Map.Entry<SocketOption<Integer>, Integer> option : probes.options().entrySet()) {
				socket.setOption(option.getKey(), option.getValue());
			}
		}
		set(socket, StandardSocketOptions.IP_TOS, options.trafficClass());
	}

	/** Sets what must be set before the socket is bound. */
	public static void configure(ServerSocketChannel socket, SocketOptions options) throws IOException {
		set(socket, StandardSocketOptions.SO_REUSEADDR, options.reuseAddress());
		set(socket, StandardSocketOptions.SO_REUSEPORT, options.reusePort());
		set(socket, StandardSocketOptions.SO_RCVBUF, options.receiveBuffer());
	}

	/**
	 * Binds the socket of a client. A port that is always the same has to be had again
	 * soon after a connection has ended.
	 */
	public static void bind(SocketChannel socket, InetSocketAddress local, SocketOptions options) throws IOException {
		boolean fixed = local.getPort() != 0;
		set(socket, StandardSocketOptions.SO_REUSEADDR,
				(options.reuseAddress() != null || !fixed) ? options.reuseAddress() : Boolean.TRUE);
		set(socket, StandardSocketOptions.SO_REUSEPORT, options.reusePort());
		socket.bind(local);
	}

	private static <T> void set(NetworkChannel socket, SocketOption<T> option, @Nullable T value) throws IOException {
		if (value != null) {
			socket.setOption(option, value);
		}
	}

}
