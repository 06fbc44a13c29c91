package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.EndpointState;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What of a former run of an endpoint never ends, or ends late, is nothing to the next
 * one. Break B4.
 */
@Timeout(120)
class NewRunTests {

	private static final int PLACES = 2;

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints(2);

	private final CountDownLatch blocked = new CountDownLatch(1);

	private final AtomicInteger inside = new AtomicInteger();

	@AfterEach
	void release() {
		this.blocked.countDown();
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "THREAD" })
	void whenHandlersOfTheFormerRunAreBlockedThenAllPlacesAreFreeAndNoneTwice(Dispatch dispatch) {
		TcpServer server = serve(dispatch);
		this.endpoints.onMessage((message) -> {
			if (message.getPayload().equals("block")) {
				block();
			}
			message.reply(message.getPayload());
		});
		for (int i = 0; i < PLACES; i++) {
			new Peer(server).send("block");
		}
		Awaitility.await().until(() -> this.inside.get() == PLACES);
		assertThatTheNextRunHasAllPlaces(server);
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "THREAD" })
	void whenListenersOfTheEndAreBlockedThenAllPlacesAreFreeAndNoneTwice(Dispatch dispatch) {
		TcpServer server = serve(dispatch);
		this.endpoints.echo().onEvent((event) -> {
			if (event instanceof DisconnectedEvent && this.inside.get() < PLACES) {
				block();
			}
		});
		for (int i = 0; i < PLACES; i++) {
			try (Peer peer = new Peer(server)) {
				assertThat(peer.ask("in")).isEqualTo("in");
			}
		}
		Awaitility.await().until(() -> this.inside.get() == PLACES);
		assertThatTheNextRunHasAllPlaces(server);
	}

	@Test
	void whenHandlersOfTheFormerRunKeepAllThreadsThenTheNextRunHasThemAllAndNoneTwice() {
		List<ExecutorService> pools = new CopyOnWriteArrayList<>();
		try (TestEndpoints bounded = new TestEndpoints(2, () -> newPool(pools))) {
			AtomicInteger at = new AtomicInteger();
			AtomicInteger most = new AtomicInteger();
			bounded.onMessage((message) -> {
				if (message.getPayload().equals("block")) {
					block();
					return;
				}
				most.accumulateAndGet(at.incrementAndGet(), Math::max);
				message.reply(message.getPayload());
				at.decrementAndGet();
			});
			TcpServer server = bounded.serve((settings) -> settings.shutdownGrace(Duration.ofMillis(300))
				.connection((connection) -> connection.dispatch(Dispatch.THREAD)));
			for (int i = 0; i < PLACES + 1; i++) {
				new Peer(server).send("block");
			}
			Awaitility.await().until(() -> this.inside.get() == PLACES);
			server.stop();
			server.start();
			assertThatEachOfManyIsServed(server);
			assertThat(server.status().state()).isEqualTo(EndpointState.LISTENING);
			this.blocked.countDown();
			Awaitility.await().until(() -> this.inside.get() == 0);
			assertThatEachOfManyIsServed(server);
			assertThat(most.get()).isBetween(1, PLACES);
		}
		finally {
			release();
			pools.forEach(ExecutorService::shutdown);
		}
	}

	private static Executor newPool(List<ExecutorService> pools) {
		ExecutorService pool = Executors.newFixedThreadPool(PLACES);
		pools.add(pool);
		return pool;
	}

	private static void assertThatEachOfManyIsServed(TcpServer server) {
		List<Peer> peers = new ArrayList<>();
		for (int i = 0; i < 4 * PLACES; i++) {
			peers.add(new Peer(server).send("in"));
		}
		peers.forEach((peer) -> assertThat(peer.readLine()).isEqualTo("in"));
		peers.forEach(Peer::close);
	}

	private void assertThatTheNextRunHasAllPlaces(TcpServer server) {
		server.stop();
		server.start();
		assertThatPlacesAre(server);
		this.blocked.countDown();
		Awaitility.await().until(() -> this.inside.get() == 0);
		assertThatPlacesAre(server);
	}

	private void assertThatPlacesAre(TcpServer server) {
		Awaitility.await().until(() -> server.getConnections().isEmpty());
		List<Peer> peers = new ArrayList<>();
		for (int i = 0; i < PLACES; i++) {
			Awaitility.await().until(() -> isLetIn(server, peers));
		}
		try (Peer tooMany = new Peer(server)) {
			assertThat(tooMany.readLineOrReset()).isNull();
		}
		peers.forEach(Peer::close);
	}

	/** A place is free soon after its connection has gone. */
	private static boolean isLetIn(TcpServer server, List<Peer> peers) {
		Peer peer = new Peer(server);
		if ("in".equals(peer.trySend("in\n".getBytes()).readLineOrReset())) {
			peers.add(peer);
			return true;
		}
		peer.close();
		return false;
	}

	@Test
	void whenARunBeginsThenWhatHasNotEndedIsExpectedNoMore() {
		ConnectionRegistry registry = new ConnectionRegistry();
		EndpointRun former = registry.expect();
		CompletableFuture<Void> first = registry.whenEmpty();
		assertThat(first).isNotDone();
		registry.begin();
		assertThat(registry.whenEmpty()).isDone();
		EndpointRun present = registry.expect();
		CompletableFuture<Void> second = registry.whenEmpty();
		registry.forget(former);
		assertThat(second).isNotDone();
		registry.forget(present);
		assertThat(second).isDone();
	}

	private void block() {
		this.inside.incrementAndGet();
		boolean interrupted = false;
		while (this.blocked.getCount() > 0) {
			try {
				this.blocked.await();
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		this.inside.decrementAndGet();
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	private TcpServer serve(Dispatch dispatch) {
		return this.endpoints.serve((settings) -> settings.maxConnections(PLACES)
			.shutdownGrace(Duration.ofMillis(300))
			.connection((connection) -> connection.dispatch(dispatch)));
	}

}
