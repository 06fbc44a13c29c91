package dev.sockets.loop.stream;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.loop.EventLoop;
import dev.sockets.loop.EventLoopGroup;
import dev.sockets.loop.Registration;
import dev.sockets.testkit.LoopPipe;
import dev.sockets.testkit.TestedEngine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A layer over a socket can shake hands before it reads, and can hold input back.
 */
@Timeout(60)
class TransportTests {

	@Test
	void whenALayerHasToWriteBeforeItReadsThenItIsReadWhenTheSocketTakesBytes() throws IOException {
		EventLoopGroup loops = TestedEngine.loops(1);
		loops.acquire();
		EventLoop loop = loops.next();
		try (LoopPipe pipe = LoopPipe.open(loop)) {
			Socket peer = pipe.sink();
			RecordingHandler handler = new RecordingHandler();
			StreamChannel channel = new StreamChannel(loop, new Layer(new SocketTransport(pipe.source())),
					new ChannelSettings(1024, 1024, Overflow.FAIL_NEWEST, Long.MAX_VALUE, false, true), handler);
			channel.open();
			peer.getOutputStream().write("abc".getBytes(StandardCharsets.US_ASCII));
			assertThat(peer.getInputStream().readNBytes(5)).asString().isEqualTo("hello");
			Awaitility.await().until(() -> handler.calls.size() == 4);
			assertThat(handler.calls).containsExactly("opened", "received a", "received b", "received c");
			channel.send(ByteBuffer.wrap("bye".getBytes(StandardCharsets.US_ASCII)), null);
			channel.close();
			assertThat(peer.getInputStream().readAllBytes()).asString().isEqualTo("bye");
		}
		finally {
			loops.release();
		}
	}

	/**
	 * Says hello before it reads, at the third try, and lets one byte through at once.
	 */
	private static final class Layer implements Transport {

		private final Transport socket;

		private final ByteBuffer held = ByteBuffer.allocate(1024).flip();

		private int tries;

		Layer(Transport socket) {
			this.socket = socket;
		}

		@Override
		public int read(ByteBuffer bytes) throws IOException {
			if (this.tries < 3 && ++this.tries < 3) {
				return 0;
			}
			if (this.tries++ == 3) {
				this.socket.write(ByteBuffer.wrap("hello".getBytes(StandardCharsets.US_ASCII)));
			}
			if (!this.held.hasRemaining()) {
				int count = this.socket.read(this.held.clear());
				this.held.flip();
				if (count <= 0) {
					return count;
				}
			}
			bytes.put(this.held.get());
			return 1;
		}

		@Override
		public boolean wantsToWrite() {
			return this.tries > 0 && this.tries < 3;
		}

		@Override
		public boolean hasBufferedInput() {
			return this.held.hasRemaining();
		}

		@Override
		public void register(Registration registration, int operations) throws IOException {
			this.socket.register(registration, operations);
		}

		@Override
		public boolean connect(SocketAddress address) throws IOException {
			return this.socket.connect(address);
		}

		@Override
		public boolean finishConnect() throws IOException {
			return this.socket.finishConnect();
		}

		@Override
		public int write(ByteBuffer bytes) throws IOException {
			return this.socket.write(bytes);
		}

		@Override
		public long write(ByteBuffer[] bytes) throws IOException {
			return this.socket.write(bytes);
		}

		@Override
		public void finishOutput() throws IOException {
			this.socket.finishOutput();
		}

		@Override
		public void close() {
			this.socket.close();
		}

		@Override
		public boolean isOpen() {
			return this.socket.isOpen();
		}

		@Override
		public boolean isConnected() {
			return this.socket.isConnected();
		}

		@Override
		public Socket socket() {
			return this.socket.socket();
		}

	}

}
