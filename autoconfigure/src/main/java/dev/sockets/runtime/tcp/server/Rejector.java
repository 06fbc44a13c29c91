package dev.sockets.runtime.tcp.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.EventLoop;
import dev.sockets.loop.stream.ChannelSettings;
import dev.sockets.loop.stream.Overflow;
import dev.sockets.loop.stream.StreamChannel;
import dev.sockets.loop.stream.Transport;
import dev.sockets.runtime.tcp.EndpointRuntime;
import dev.sockets.runtime.tcp.EndpointTls;
import dev.sockets.tcp.TcpServerSettings;

/**
 * Turns connections away: with the busy message, if there is one, and after the reject
 * delay. So that a flood costs little, only so many are told at a time; the others are
 * closed at once.
 */
final class Rejector {

	private static final int MOST_TOLD_AT_A_TIME = 1024;

	/** Each holds a descriptor for as long as the delay. */
	private static final int MOST_DELAYED_AT_A_TIME = 64;

	private static final long WRITE_TIMEOUT = 1_000_000_000;

	private final AtomicInteger underWay = new AtomicInteger();

	private final TcpServerSettings settings;

	private final EndpointRuntime runtime;

	private final @Nullable EndpointTls tls;

	private final @Nullable ByteBuffer busyMessage;

	Rejector(TcpServerSettings settings, EndpointRuntime runtime, @Nullable EndpointTls tls,
			@Nullable ByteBuffer busyMessage) {
		this.settings = settings;
		this.runtime = runtime;
		this.tls = tls;
		this.busyMessage = busyMessage;
	}

	void turnAway(SocketChannel socket, Transport transport, InetSocketAddress remote) throws IOException {
		boolean atOnce = this.busyMessage == null && this.settings.rejectDelay().isZero();
		int most = this.settings.rejectDelay().isZero() ? MOST_TOLD_AT_A_TIME : MOST_DELAYED_AT_A_TIME;
		if (atOnce || this.underWay.get() >= most) {
			socket.close();
			return;
		}
		ByteBuffer message = (this.busyMessage != null) ? this.busyMessage.duplicate() : null;
		Rejection rejection = new Rejection(this.underWay, message, this.settings.rejectDelay().toNanos());
		ChannelSettings settings = new ChannelSettings(1024, Integer.MAX_VALUE, Overflow.CLOSE, WRITE_TIMEOUT, false,
				false);
		EventLoop loop = this.runtime.loops().next();
		rejection.begin(new StreamChannel(loop, secured(transport, remote, loop), settings, rejection));
	}

	private Transport secured(Transport transport, InetSocketAddress remote, EventLoop loop) {
		return (this.tls != null) ? this.tls.over(transport, remote, loop.memory()) : transport;
	}

}
