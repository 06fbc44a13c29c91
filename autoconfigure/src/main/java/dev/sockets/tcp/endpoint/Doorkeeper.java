package dev.sockets.tcp.endpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.Channel;
import dev.sockets.loop.ChannelSettings;
import dev.sockets.loop.Overflow;
import dev.sockets.tcp.TcpServerSettings;

/**
 * Turns connections away: with the busy message, if there is one, and after the reject
 * delay. So that a flood costs little, only so many are told at a time; the others are
 * closed at once.
 */
final class Doorkeeper {

	private static final int MOST_AT_A_TIME = 1024;

	private static final long WRITE_TIMEOUT = 1_000_000_000;

	private final AtomicInteger underWay = new AtomicInteger();

	private final TcpServerSettings settings;

	private final Engine engine;

	private final @Nullable ByteBuffer busyMessage;

	Doorkeeper(TcpServerSettings settings, Engine engine, @Nullable ByteBuffer busyMessage) {
		this.settings = settings;
		this.engine = engine;
		this.busyMessage = busyMessage;
	}

	void turnAway(SocketChannel socket) throws IOException {
		boolean atOnce = this.busyMessage == null && this.settings.rejectDelay().isZero();
		if (atOnce || this.underWay.get() >= MOST_AT_A_TIME) {
			socket.close();
			return;
		}
		ByteBuffer message = (this.busyMessage != null) ? this.busyMessage.duplicate() : null;
		Rejection rejection = new Rejection(this.underWay, message,
				System.nanoTime() + this.settings.rejectDelay().toNanos());
		ChannelSettings settings = new ChannelSettings(1024, Integer.MAX_VALUE, Overflow.CLOSE, WRITE_TIMEOUT, false);
		rejection.begin(new Channel(this.engine.loops().next(), socket, settings, rejection));
	}

}
