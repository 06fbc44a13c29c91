package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The messages of one connection are handled in the order they were sent in, and so are
 * their replies.
 */
@Timeout(60)
class MessageOrderTests {

	private static final int FRAMES = 1_000_000;

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final AtomicInteger next = new AtomicInteger();

	private volatile String disorder;

	private volatile boolean lastOnLoop;

	@ParameterizedTest
	@EnumSource
	void whenMillionFramesAreSentThenAllAreHandledAndAnsweredInOrder(Dispatch dispatch) throws Exception {
		echoNumbers(dispatch, FRAMES, Integer.MAX_VALUE);
	}

	@Test
	void whenDispatchChangesMidwayThenAllAreHandledAndAnsweredInOrder() throws Exception {
		echoNumbers(Dispatch.AUTO, FRAMES, FRAMES / 100);
		assertThat(this.lastOnLoop).isFalse();
	}

	private void echoNumbers(Dispatch dispatch, int frames, int blockEach) throws Exception {
		this.endpoints.onMessage((message) -> {
			int number = Integer.parseInt((String) message.getPayload());
			if (number != this.next.getAndIncrement() && this.disorder == null) {
				this.disorder = number + " came when " + (this.next.get() - 1) + " was due";
			}
			if (number % blockEach == blockEach - 1) {
				TestEndpoints.block(10);
			}
			this.lastOnLoop = TestEndpoints.onLoopThread();
			message.reply(message.getPayload());
		});
		TcpServer server = this.endpoints.server((connection) -> connection.dispatch(dispatch));
		try (Peer peer = new Peer(server)) {
			CompletableFuture<Void> sending = OwnThread.run(() -> sendNumbers(peer, frames));
			expectNumbers(peer.in(), frames);
			sending.get();
		}
		assertThat(this.disorder).isNull();
		assertThat(this.next).hasValue(frames);
	}

	private static void sendNumbers(Peer peer, int frames) {
		StringBuilder lines = new StringBuilder();
		for (int number = 0; number < frames; number++) {
			lines.append(number).append('\n');
			if (lines.length() > 30_000 || number == frames - 1) {
				peer.sendRaw(lines.toString().getBytes(StandardCharsets.US_ASCII));
				lines.setLength(0);
			}
		}
	}

	private static void expectNumbers(InputStream in, int frames) throws IOException {
		for (int expected = 0; expected < frames; expected++) {
			int number = 0;
			int digit;
			while ((digit = in.read()) >= '0') {
				number = number * 10 + digit - '0';
			}
			if (digit != '\n' || number != expected) {
				assertThat(number).as("reply, ended by byte " + digit).isEqualTo(expected);
			}
		}
	}

}
