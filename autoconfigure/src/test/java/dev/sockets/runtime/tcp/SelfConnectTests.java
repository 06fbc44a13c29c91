package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mockito.Mockito;

import dev.sockets.loop.EventLoop;
import dev.sockets.loop.EventLoopGroup;
import dev.sockets.loop.stream.ChannelHandler;
import dev.sockets.loop.stream.ChannelSettings;
import dev.sockets.loop.stream.Overflow;
import dev.sockets.loop.stream.StreamChannel;
import dev.sockets.testkit.TestedEngine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that looks for a server which is not there does not take itself for it, nor
 * the server's port from it.
 */
@Timeout(60)
class SelfConnectTests {

	@Test
	void whenASocketConnectsToItselfThenThatIsRefusedAndThePortIsFree() throws IOException {
		EventLoopGroup loops = TestedEngine.loops(1);
		loops.acquire();
		EventLoop loop = loops.next();
		try (SocketChannel socket = loop.provider().openSocketChannel()) {
			socket.configureBlocking(false);
			socket.bind(new InetSocketAddress("127.0.0.1", 0));
			InetSocketAddress itself = (InetSocketAddress) socket.getLocalAddress();
			CompletableFuture<IOException> failed = new CompletableFuture<>();
			ChannelHandler handler = Mockito.mock(ChannelHandler.class, (call) -> {
				if (call.getMethod().getName().equals("connectFailed")) {
					failed.complete(call.getArgument(0));
				}
				return Mockito.RETURNS_DEFAULTS.answer(call);
			});
			new StreamChannel(loop, socket, new ChannelSettings(1024, 1024, Overflow.CLOSE, 1, false, false), handler)
				.connect(itself, TestEndpoints.SOON.toNanos());
			assertThat(failed).succeedsWithin(TestEndpoints.SOON).isInstanceOf(ConnectException.class);
			Awaitility.await().ignoreExceptions().until(() -> canListen(itself));
		}
		finally {
			loops.release();
		}
	}

	private static boolean canListen(InetSocketAddress address) throws IOException {
		try (ServerSocket server = new ServerSocket()) {
			server.setReuseAddress(false);
			server.bind(address);
			return true;
		}
	}

}
