package dev.sockets.loop.stream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.loop.EventLoop;
import dev.sockets.loop.EventLoopGroup;
import dev.sockets.loop.LoopRunner;
import dev.sockets.loop.Registration;
import dev.sockets.loop.Selectable;
import dev.sockets.testkit.TestedEngine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The time for which this side was held up counts against no peer. Break B5.
 */
@Timeout(120)
class HeldUpConnectTests {

	private static final long TIMEOUT = TimeUnit.SECONDS.toNanos(1);

	private final EventLoopGroup loops = TestedEngine.loops(1);

	private final List<SocketChannel> filling = new ArrayList<>();

	private ServerSocket full;

	@BeforeEach
	void listenWithAFullBacklog() throws IOException {
		this.loops.acquire();
		this.full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
		for (int i = 0; i < 8; i++) {
			this.filling.add(connect());
		}
	}

	@AfterEach
	void close() throws IOException {
		this.loops.release();
		for (SocketChannel socket : this.filling) {
			socket.close();
		}
		this.full.close();
	}

	@Test
	void whenTheLoopIsHeldUpThenAPeerHasTheTimeToConnectAllTheSame() throws IOException {
		EventLoop loop = this.loops.next();
		AtomicLong failedAt = new AtomicLong();
		RecordingHandler handler = new RecordingHandler();
		handler.onConnectFailed = () -> failedAt.set(loop.nanos());
		SocketChannel socket = loop.provider().openSocketChannel();
		socket.configureBlocking(false);
		StreamChannel channel = new StreamChannel(loop, socket,
				new ChannelSettings(1024, 1024, Overflow.CLOSE, Long.MAX_VALUE, false, true), handler);
		long begun = loop.nanos();
		channel.connect((InetSocketAddress) this.full.getLocalSocketAddress(), TIMEOUT);
		holdUp(loop);
		Awaitility.await().until(() -> handler.calls.contains("connectFailed"));
		assertThat(failedAt.get() - begun).isGreaterThan(TIMEOUT / 2);
	}

	@Test
	void whenTheLoopIsHeldUpThenTheTimeForPeersStandsStill() {
		long peers = this.loops.peerNanos();
		long all = System.nanoTime();
		holdUp(this.loops.next());
		Awaitility.await().until(() -> System.nanoTime() - all - (this.loops.peerNanos() - peers) > 2 * TIMEOUT);
	}

	/** As a whole JVM that is stopped would. */
	private static void holdUp(EventLoop loop) {
		Blocking blocking = new Blocking();
		new Registration(loop, blocking).signal(Registration.URGENT);
		Awaitility.await().until(() -> blocking.over);
	}

	private SocketChannel connect() throws IOException {
		SocketChannel socket = SocketChannel.open();
		socket.configureBlocking(false);
		socket.connect(this.full.getLocalSocketAddress());
		return socket;
	}

	private static final class Blocking implements Selectable {

		private volatile boolean over;

		@Override
		public void ready(int operations, LoopRunner runner) {
		}

		@Override
		public void signalled(int signals, LoopRunner runner) {
			long end = System.nanoTime() + 3 * TIMEOUT;
			while (System.nanoTime() - end < 0) {
				LockSupport.parkNanos(end - System.nanoTime());
			}
			this.over = true;
		}

		@Override
		public boolean guarded() {
			return false;
		}

	}

}
