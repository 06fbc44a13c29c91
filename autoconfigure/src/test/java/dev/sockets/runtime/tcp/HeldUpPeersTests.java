package dev.sockets.runtime.tcp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.loop.EventLoopGroup;
import dev.sockets.loop.LoopRunner;
import dev.sockets.loop.Registration;
import dev.sockets.loop.Selectable;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.InboundLimit;
import dev.sockets.tcp.OnExcess;
import dev.sockets.tcp.Rate;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.TestedEngine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What peers do while this side is held up is within their rates, wherever that falls:
 * before anybody has connected, or in the middle of a turn of the event loop. Break B5.
 */
@Timeout(120)
class HeldUpPeersTests {

	private static final long HELD_UP = TimeUnit.SECONDS.toNanos(2);

	private final EventLoopGroup loops = TestedEngine.loops(1);

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints(this.loops);

	private final List<Peer> peers = new ArrayList<>();

	@AfterEach
	void closePeers() {
		this.peers.forEach(Peer::close);
	}

	@Test
	void whenTheFirstPeersEverConnectMeanwhileThenTheyAreWithinTheirRate() {
		TcpServer server = this.endpoints
			.serve((settings) -> settings.access((access) -> access.connectRate(Rate.parse("3/s"))));
		Hold hold = holdUp();
		for (int i = 0; i < 8; i++) {
			peer(server);
		}
		hold.endLater();
		Awaitility.await().until(() -> server.getConnections().size() == 8 || anyIsTurnedAway());
		assertThat(anyIsTurnedAway()).isFalse();
	}

	@Test
	void whenPeersConnectAndSendMeanwhileThenThatIsWithinTheirRate() {
		TcpServer server = limited();
		Hold hold = holdUp();
		for (int i = 0; i < 3; i++) {
			send(peer(server), 45);
		}
		hold.endLater();
		assertAllIsReceived(server, 3 * 45);
	}

	@Test
	void whenATurnOfTheLoopIsHeldUpThenWhatPeersSendMeanwhileIsWithinTheirRate() {
		Hold inHandler = new Hold();
		this.endpoints.onMessage("slow", (message) -> inHandler.await());
		TcpServer slow = this.endpoints.server("slow", (connection) -> connection.dispatch(Dispatch.LOOP));
		TcpServer server = limited();
		Peer blocking = peer(slow);
		Peer good = peer(server);
		Awaitility.await().until(() -> slow.getConnections().size() == 1);
		send(good, 1);
		Awaitility.await().until(() -> server.statistics().messages().received() == 1);
		Hold together = holdUp();
		send(blocking, 1);
		send(good, 1);
		together.end();
		inHandler.awaitBegin();
		send(good, 43);
		inHandler.endLater();
		assertAllIsReceived(server, 45);
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "THREAD" })
	void whenAConnectionIsNotReadThenWhatItsPeerSendsMeanwhileIsWithinItsRate(Dispatch dispatch) {
		Hold late = new Hold();
		this.endpoints.onMessage((message) -> late.await());
		TcpServer server = this.endpoints.serve((settings) -> {
			settings.access((access) -> access.inbound(new InboundLimit(Rate.parse("20/s"), OnExcess.DISCONNECT)));
			settings.connection((connection) -> connection.dispatch(dispatch).readAhead(false));
		});
		Peer peer = peer(server);
		send(peer, 1);
		late.awaitBegin();
		send(peer, 44);
		late.endLater();
		assertAllIsReceived(server, 45);
	}

	private boolean anyIsTurnedAway() {
		return !this.endpoints.events(ConnectionRejectedEvent.class).isEmpty();
	}

	private TcpServer limited() {
		return this.endpoints.serve((settings) -> settings
			.access((access) -> access.inbound(new InboundLimit(Rate.parse("20/s"), OnExcess.DISCONNECT))));
	}

	private void assertAllIsReceived(TcpServer server, long messages) {
		Awaitility.await()
			.until(() -> server.statistics().messages().received() == messages
					|| !this.endpoints.events(DisconnectedEvent.class).isEmpty());
		assertThat(this.endpoints.events(DisconnectedEvent.class)).isEmpty();
	}

	private Peer peer(TcpServer server) {
		Peer peer = new Peer(server);
		this.peers.add(peer);
		return peer;
	}

	private static void send(Peer peer, int messages) {
		peer.sendRaw("m\n".repeat(messages).getBytes());
	}

	/** Holds up the only loop, as a whole JVM that is stopped would. */
	private Hold holdUp() {
		Hold hold = new Hold();
		new Registration(this.loops.next(), hold).signal(Registration.URGENT);
		hold.awaitBegin();
		return hold;
	}

	private static final class Hold implements Selectable {

		private final CountDownLatch begun = new CountDownLatch(1);

		private final CountDownLatch ended = new CountDownLatch(1);

		void await() {
			this.begun.countDown();
			await(this.ended);
		}

		void awaitBegin() {
			await(this.begun);
		}

		void end() {
			this.ended.countDown();
		}

		void endLater() {
			long end = System.nanoTime() + HELD_UP;
			while (System.nanoTime() - end < 0) {
				LockSupport.parkNanos(end - System.nanoTime());
			}
			end();
		}

		private static void await(CountDownLatch latch) {
			try {
				assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public void ready(int operations, LoopRunner runner) {
		}

		@Override
		public void signalled(int signals, LoopRunner runner) {
			await();
		}

		@Override
		public boolean guarded() {
			return false;
		}

	}

}
