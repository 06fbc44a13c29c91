package dev.sockets.runtime.tcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections come and go so fast that the system gives the descriptor of one to the next
 * at once, while other threads still write to the one before: nobody ever gets what was
 * meant for another.
 */
@Timeout(120)
class DescriptorReuseTests {

	private static final int PEERS = 16;

	private static final int TIMES = 150;

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	@AutoClose("shutdownNow")
	private final ExecutorService threads = TestEndpoints.handlerThreads();

	@Test
	void whenDescriptorsAreReusedUnderChurnThenEachPeerGetsOnlyItsOwn() throws Exception {
		this.endpoints.onMessage((message) -> {
			Connection connection = message.getConnection();
			String text = (String) message.getPayload();
			message.reply(text);
			if (text.endsWith("push")) {
				this.threads.execute(() -> push(connection, text));
			}
			if (text.endsWith("close")) {
				connection.close();
			}
			else if (text.endsWith("abort")) {
				this.threads.execute(connection::kick);
			}
		});
		TcpServer server = this.endpoints.server((connection) -> {
		});
		List<Future<?>> ends = new ArrayList<>();
		for (int i = 0; i < PEERS; i++) {
			int seed = i;
			ends.add(this.threads.submit(() -> churn(server, seed)));
		}
		for (Future<?> end : ends) {
			end.get(100, TimeUnit.SECONDS);
		}
	}

	private static void push(Connection connection, String text) {
		for (int i = 0; i < 20; i++) {
			connection.sendAsync(text);
		}
	}

	private Void churn(TcpServer server, int seed) {
		Random random = new Random(seed);
		for (int time = 0; time < TIMES; time++) {
			String mine = seed + "/" + time + " ";
			try (Peer peer = new Peer(server)) {
				peer.send(mine + "first");
				assertThat(peer.readLine()).isEqualTo(mine + "first");
				switch (random.nextInt(4)) {
					case 0 -> peer.send(mine + "push");
					case 1 -> peer.send(mine + "push", mine + "close");
					case 2 -> peer.send(mine + "push", mine + "abort");
					default -> {
						peer.send(mine + "push");
						assertThat(peer.readLine()).startsWith(mine);
					}
				}
				if (random.nextBoolean()) {
					expectOnlyOwn(peer, mine);
				}
			}
		}
		return null;
	}

	private static void expectOnlyOwn(Peer peer, String mine) {
		for (int i = 0; i < 5; i++) {
			String line;
			try {
				line = peer.readLine();
			}
			catch (RuntimeException ex) {
				return;
			}
			if (line == null) {
				return;
			}
			assertThat(line).startsWith(mine);
		}
	}

}
