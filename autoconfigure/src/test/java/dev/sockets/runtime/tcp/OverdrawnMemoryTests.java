package dev.sockets.runtime.tcp;

import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.loop.MemoryBudget;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.TestedEngine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * While others have used up all memory and more, those that keep little are served, and
 * those that keep much are closed. Break B1.
 */
@Timeout(120)
class OverdrawnMemoryTests {

	private static final int MEGA = 1024 * 1024;

	private static final int OTHERS = 3 * MEGA;

	private static final int MANY = 100;

	private final MemoryBudget memory = new MemoryBudget(2 * MEGA);

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints(TestedEngine.loops(2, this.memory));

	private final List<Peer> peers = new ArrayList<>();

	@AfterEach
	void closePeers() {
		this.peers.forEach(Peer::close);
	}

	@Test
	void whenAPeerThatComesThenSendsLittleThenItIsServed() {
		TcpServer server = this.endpoints.echo().server((connection) -> connection.dispatch(Dispatch.THREAD));
		overdraw(true);
		for (int i = 0; i < 20; i++) {
			assertThat(peer(server).ask("little")).isEqualTo("little");
		}
		overdraw(false);
		for (Peer peer : this.peers) {
			assertThat(peer.ask("more")).isEqualTo("more");
		}
		assertThat(closed()).isZero();
	}

	@Test
	void whenPeersHaveBegunMessagesThenThoseAreClosedThatKeepMuch() {
		TcpServer server = this.endpoints.echo().server();
		for (int i = 0; i < 2 * MANY; i++) {
			peer(server);
		}
		Awaitility.await().until(() -> server.statistics().connections().open() == 2 * MANY);
		overdraw(true);
		for (int i = 0; i < 2 * MANY; i++) {
			this.peers.get(i).trySend("x".repeat((i < MANY) ? 6 : 20_000).getBytes());
		}
		Awaitility.await().until(() -> closed() == MANY);
		overdraw(false);
		for (int i = 0; i < MANY; i++) {
			assertThat(this.peers.get(i).ask(" and its end")).isEqualTo("xxxxxx and its end");
		}
		assertThat(closed()).isEqualTo(MANY);
	}

	@Test
	void whenVeryManyBeginMessagesThenWhatTheyKeepHasABound() {
		TcpServer server = this.endpoints.echo().server();
		overdraw(true);
		for (int i = 0; i < 3 * MANY; i++) {
			peer(server).trySend("x".repeat((i % 3 == 0) ? 1500 : 20_000).getBytes());
			assertThat(this.memory.used()).isLessThan(OTHERS + MEGA);
		}
		Awaitility.await().until(() -> closed() > MANY);
		Awaitility.await().until(() -> this.memory.used() < OTHERS + 3 * MANY * 2048);
		overdraw(false);
		this.peers.forEach(Peer::close);
		Awaitility.await().until(() -> this.memory.used() == 0);
	}

	/** Has handlers of connections that have gone keep more than there is, or no more. */
	private void overdraw(boolean begins) {
		long bytes = begins ? OTHERS : -OTHERS;
		this.memory.add(bytes);
		this.memory.leave(bytes);
	}

	private Peer peer(TcpServer server) {
		Peer peer = new Peer(server);
		this.peers.add(peer);
		return peer;
	}

	private long closed() {
		return this.endpoints.events(DisconnectedEvent.class)
			.stream()
			.filter((event) -> event.getReason() == DisconnectReason.MEMORY)
			.count();
	}

}
