package dev.sockets.runtime.tcp;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.EndpointState;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.RejectionReason;
import dev.sockets.event.SocketEvent;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.tcp.WhenFull;
import dev.sockets.testkit.Stalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Limits of connections are exact, and those who are not let in are told so. Faults F9
 * and F10.
 */
@Tag("measures")
@Timeout(60)
class ConnectionLimitsTests {

	private static final String BUSY = "The server is busy";

	private static final int LIMIT = 100;

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints(2);

	private final List<Peer> peers = Collections.synchronizedList(new ArrayList<>());

	@AutoClose
	private final AutoCloseable closing = () -> this.peers.forEach(Peer::close);

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "THREAD" })
	void f9_whenFloodedInBurstsThenTheLimitIsExactAndTheOthersAreToldSo(Dispatch dispatch) throws Exception {
		int floods = (dispatch == Dispatch.AUTO) ? 4 : 1;
		Occupancy occupancy = new Occupancy();
		this.endpoints.onEvent(occupancy);
		long descriptors = Resources.descriptorsNow();
		TcpServer server = this.endpoints.serve((settings) -> full(settings, LIMIT).backlog(4096)
			.connection((connection) -> connection.dispatch(dispatch)));
		AtomicBoolean over = new AtomicBoolean();
		AtomicInteger most = new AtomicInteger();
		Thread sampler = new Thread(() -> {
			while (!over.get()) {
				most.accumulateAndGet(server.getConnections().size(), Math::max);
				LockSupport.parkNanos(100_000);
			}
		});
		sampler.start();
		long start = System.nanoTime();
		List<Flood> flooders = IntStream.range(0, 4).mapToObj((i) -> new Flood(server, floods * 10, 125)).toList();
		flooders.forEach(Thread::start);
		for (Flood flood : flooders) {
			flood.join();
		}
		long took = System.nanoTime() - start;
		over.set(true);
		sampler.join();
		int refused = flooders.stream().mapToInt((flood) -> flood.refused).sum();
		int admitted = flooders.stream().mapToInt((flood) -> flood.admitted).sum();
		assertThat(flooders).allSatisfy((flood) -> assertThat(flood.strange).isEmpty());
		assertThat(refused + admitted).isEqualTo(floods * 4 * 10 * 125);
		assertThat(refused).isPositive();
		Awaitility.await().until(() -> occupancy.now.get() == 0 && occupancy.rejected.size() == refused);
		assertThat(occupancy.most).hasValue(LIMIT);
		assertThat(most).hasValueLessThanOrEqualTo(LIMIT);
		assertThat(occupancy.rejected).containsOnly(RejectionReason.FULL);
		assertThat(server.status().connectionsOpened()).isEqualTo(admitted);
		Awaitility.await().until(() -> Resources.descriptorsNow() <= descriptors + 50);
		long[] times = flooders.stream().flatMap((flood) -> flood.times.stream()).mapToLong(Long::longValue).toArray();
		Figures.print("F9",
				"dispatch %s: %d connects in bursts of 4 x 125 against a limit of %d: %.0f/s; most open %d; "
						+ "%d refused, told in p50 %.1f ms, p99 %.1f ms, max %.1f ms",
				dispatch, refused + admitted, LIMIT, (refused + admitted) * 1e9 / took, occupancy.most.get(), refused,
				Figures.percentile(times, 0.5) / 1e6, Figures.percentile(times, 0.99) / 1e6,
				Figures.percentile(times, 1) / 1e6);
	}

	@Test
	void f9_whenOneIsRefusedThenItIsToldAtOnceAndWhole() {
		TcpServer server = this.endpoints.echo().serve((settings) -> full(settings, 1));
		assertThat(connect(server).ask("in")).isEqualTo("in");
		long[] times = new long[20];
		try (Stalls stalls = new Stalls()) {
			for (int i = 0; i < times.length; i++) {
				long start = System.nanoTime();
				try (Peer refused = new Peer(server)) {
					refused.send("what it had sent is no reason to reset it");
					assertThat(refused.readLine()).isEqualTo(BUSY);
					assertThat(refused.readLine()).isNull();
				}
				times[i] = System.nanoTime() - start;
			}
			assertThat(Duration.ofNanos(Figures.percentile(times, 0.5)))
				.isLessThan(Duration.ofMillis(100).plus(stalls.longest()));
		}
		assertThat(this.endpoints.awaitEvents(ConnectionRejectedEvent.class, 20))
			.allSatisfy((event) -> assertThat(event.getReason()).isEqualTo(RejectionReason.FULL));
		assertThat(this.endpoints.events(ConnectedEvent.class)).hasSize(1);
	}

	@Test
	void f9_whenRefusedNeitherReadNorCloseThenTheyHoldFewDescriptors() {
		try (TestEndpoints singleLoop = new TestEndpoints()) {
			TcpServer server = singleLoop.echo().serve((settings) -> full(settings, 1).backlog(4096));
			assertThat(connect(server).ask("in")).isEqualTo("in");
			long base = Resources.descriptorsNow();
			int count = 1800;
			long most = 0;
			for (int i = 0; i < count; i++) {
				connect(server);
				if (i % 50 == 0) {
					most = Math.max(most, Resources.descriptorsNow() - base - i);
				}
			}
			assertThat(most).isLessThan(count / 2);
			singleLoop.awaitEvents(ConnectionRejectedEvent.class, count);
			Awaitility.await().until(() -> Resources.descriptorsNow() <= base + count + 20);
		}
	}

	@Test
	void f9_whenHandlerOutlastsItsConnectionThenItStillCounts() {
		Occupancy occupancy = new Occupancy();
		this.endpoints.onEvent(occupancy).onMessage((message) -> TestEndpoints.block(300));
		TcpServer server = this.endpoints
			.serve((settings) -> full(settings, 1).connection((connection) -> connection.dispatch(Dispatch.THREAD)));
		Peer first = connect(server);
		first.send("takes long");
		Awaitility.await().until(() -> server.status().messagesReceived() == 1);
		first.reset();
		Awaitility.await().until(() -> "welcome".equals(connect(server).readLine()));
		assertThat(occupancy.most).hasValue(1);
	}

	@Test
	void whenFullAndWaitingThenTheNextIsServedWhenOneLeaves() {
		TcpServer server = this.endpoints.echo().serve((settings) -> full(settings, 2).whenFull(WhenFull.WAIT));
		List<Peer> waiting = Stream.generate(() -> connect(server).send("hello")).limit(6).toList();
		for (int first = 0; first < 6; first += 2) {
			for (Peer served : waiting.subList(first, first + 2)) {
				assertThat(served.readLine()).isEqualTo("hello");
			}
			if (first < 4) {
				assertThat(waiting.get(first + 2).readLine(Duration.ofMillis(150))).isNull();
				assertThat(server.getConnections()).hasSize(2);
			}
			waiting.subList(first, first + 2).forEach(Peer::close);
		}
		assertThat(this.endpoints.events(ConnectionRejectedEvent.class)).isEmpty();
		assertThat(this.endpoints.events(ConnectedEvent.class)).hasSize(6);
	}

	@Test
	void whenLimitIsChangedThenItHoldsFromTheNextOneOn() {
		TcpServer server = this.endpoints.echo().serve((settings) -> full(settings, 1).whenFull(WhenFull.WAIT));
		List<Peer> all = Stream.generate(() -> connect(server).send("hello")).limit(5).toList();
		assertThat(all.get(0).readLine()).isEqualTo("hello");
		server.setMaxConnections(3);
		assertThat(all.get(1).readLine()).isEqualTo("hello");
		assertThat(all.get(2).readLine()).isEqualTo("hello");
		assertThat(all.get(3).readLine(Duration.ofMillis(150))).isNull();
		server.setMaxConnections(1);
		assertThat(all.subList(0, 3)).allSatisfy((peer) -> assertThat(peer.ask("kept")).isEqualTo("kept"));
		all.get(0).close();
		all.get(1).close();
		Awaitility.await().until(() -> server.getConnections().size() == 1);
		assertThat(all.get(3).readLine(Duration.ofMillis(150))).isNull();
		all.get(2).close();
		assertThat(all.get(3).readLine()).isEqualTo("hello");
		assertThat(server.getConnections()).hasSize(1);
		assertThatIllegalArgumentException().isThrownBy(() -> server.setMaxConnections(0)).withMessageContaining("0");
	}

	@Test
	void whenLimitIsLoweredAndRejectingThenTheNextIsRejected() {
		TcpServer server = this.endpoints.echo().serve((settings) -> full(settings, 5));
		assertThat(connect(server).ask("in")).isEqualTo("in");
		server.setMaxConnections(1);
		assertThat(connect(server).readLine()).isEqualTo(BUSY);
		server.setMaxConnections(2);
		assertThat(connect(server).ask("in")).isEqualTo("in");
	}

	@Test
	void whenPausedThenOpenConnectionsStayAndNewOnesAreTurnedAway() {
		TcpServer server = this.endpoints.echo().serve((settings) -> full(settings, 5));
		Peer old = connect(server);
		assertThat(old.ask("before")).isEqualTo("before");
		assertThat(server.isAccepting()).isTrue();
		server.pause();
		assertThat(server.isAccepting()).isFalse();
		assertThat(server.isRunning()).isTrue();
		assertThat(server.status().state()).isEqualTo(EndpointState.PAUSED);
		assertThat(connect(server).readLine()).isEqualTo(BUSY);
		assertThat(this.endpoints.awaitEvent(ConnectionRejectedEvent.class).getReason())
			.isEqualTo(RejectionReason.PAUSED);
		assertThat(old.ask("during")).isEqualTo("during");
		server.resume();
		assertThat(server.status().state()).isEqualTo(EndpointState.LISTENING);
		assertThat(connect(server).ask("after")).isEqualTo("after");
	}

	@Test
	void whenPausedAndWaitingThenNewOnesWaitForTheResume() {
		TcpServer server = this.endpoints.echo().serve((settings) -> full(settings, 5).whenFull(WhenFull.WAIT));
		server.pause();
		Peer waiting = connect(server).send("hello");
		assertThat(waiting.readLine(Duration.ofMillis(150))).isNull();
		server.resume();
		assertThat(waiting.readLine()).isEqualTo("hello");
		assertThat(this.endpoints.events(ConnectionRejectedEvent.class)).isEmpty();
	}

	@Test
	void f10_whenFloodedFromOneAddressThenOnlyThatIsLimited() {
		TcpServer server = this.endpoints.echo().serve((settings) -> full(settings, 50).maxConnectionsPerAddress(3));
		List<Peer> greedy = Stream.generate(() -> connect(server, "127.0.0.2")).limit(3).toList();
		assertThat(greedy).allSatisfy((peer) -> assertThat(peer.ask("in")).isEqualTo("in"));
		for (int i = 0; i < 40; i++) {
			assertThat(connect(server, "127.0.0.2").readLine()).isEqualTo(BUSY);
		}
		assertThat(this.endpoints.awaitEvents(ConnectionRejectedEvent.class, 40)).allSatisfy((event) -> {
			assertThat(event.getReason()).isEqualTo(RejectionReason.ADDRESS_LIMIT);
			assertThat(event.getRemoteAddress().getHostString()).isEqualTo("127.0.0.2");
		});
		for (String other : List.of("127.0.0.1", "127.0.0.3")) {
			assertThat(connect(server, other).ask("in")).isEqualTo("in");
		}
		greedy.get(0).close();
		Awaitility.await().until(() -> server.getConnections().size() == 4);
		Awaitility.await().until(() -> "in".equals(connect(server, "127.0.0.2").ask("in")));
		assertThat(connect(server, "127.0.0.2").readLine()).isEqualTo(BUSY);
	}

	@Test
	void whenRejectDelayIsSetThenRefusedAreToldAtOnceAndClosedLater() {
		TcpServer server = this.endpoints.echo()
			.serve((settings) -> full(settings, 1).rejectDelay(Duration.ofSeconds(1)));
		assertThat(connect(server).ask("in")).isEqualTo("in");
		Duration told = delayOfRefusal(server);
		for (int i = 0; i < 5 && told.toMillis() >= 900; i++) {
			told = delayOfRefusal(server);
		}
		assertThat(told).isLessThan(Duration.ofMillis(900));
	}

	/** What one is told only when it is closed it is told late each time. */
	private Duration delayOfRefusal(TcpServer server) {
		try (Stalls stalls = new Stalls()) {
			long start = System.nanoTime();
			Peer refused = connect(server);
			assertThat(refused.readLine()).isEqualTo(BUSY);
			Duration told = Duration.ofNanos(System.nanoTime() - start);
			assertThat(refused.readLine()).isNull();
			Duration closed = Duration.ofNanos(System.nanoTime() - start);
			assertThat(closed).isBetween(Duration.ofMillis(990), Duration.ofSeconds(8).plus(stalls.total()));
			return told;
		}
	}

	@Test
	void whenManyAreRefusedWithADelayThenOnlySoManyKeepADescriptor() {
		Duration delay = Duration.ofSeconds(10);
		TcpServer server = this.endpoints.echo().serve((settings) -> full(settings, 1).rejectDelay(delay));
		assertThat(connect(server).ask("in")).isEqualTo("in");
		long start = System.nanoTime();
		long told = IntStream.range(0, 200).filter((i) -> BUSY.equals(connect(server).readLineOrReset())).count();
		long delays = Duration.ofNanos(System.nanoTime() - start).dividedBy(delay);
		assertThat(told).as("told at a time").isBetween(64L, 64 * (1 + delays));
	}

	@Test
	void whenNothingIsSaidThenRefusedAreJustClosed() {
		TcpServer server = this.endpoints.echo().serve((settings) -> settings.maxConnections(1));
		assertThat(connect(server).ask("in")).isEqualTo("in");
		assertThat(connect(server).readAll()).isEmpty();
	}

	private static TcpServerSettings.Builder full(TcpServerSettings.Builder settings, int limit) {
		return settings.maxConnections(limit).busyMessage(BUSY.getBytes());
	}

	private Peer connect(TcpServer server) {
		return connect(server, "127.0.0.1");
	}

	private Peer connect(TcpServer server, String from) {
		Peer peer = new Peer(new InetSocketAddress(from, 0), server.getLocalAddress());
		this.peers.add(peer);
		return peer;
	}

	/** Counts the open connections as an application does, and greets them. */
	private static final class Occupancy implements Consumer<SocketEvent> {

		private final AtomicInteger now = new AtomicInteger();

		private final AtomicInteger most = new AtomicInteger();

		private final ConcurrentLinkedQueue<RejectionReason> rejected = new ConcurrentLinkedQueue<>();

		@Override
		public void accept(SocketEvent event) {
			if (event instanceof ConnectedEvent connected) {
				this.most.accumulateAndGet(this.now.incrementAndGet(), Math::max);
				connected.getConnection().sendAsync("welcome");
			}
			else if (event instanceof DisconnectedEvent) {
				this.now.decrementAndGet();
			}
			else if (event instanceof ConnectionRejectedEvent turnedAway) {
				this.rejected.add(turnedAway.getReason());
			}
		}

	}

	/** Opens many connections at a time, again and again. */
	private static final class Flood extends Thread {

		private final TcpServer server;

		private final int bursts;

		private final int size;

		private final List<Long> times = new ArrayList<>();

		private final List<String> strange = new ArrayList<>();

		private int admitted;

		private int refused;

		Flood(TcpServer server, int bursts, int size) {
			this.server = server;
			this.bursts = bursts;
			this.size = size;
		}

		@Override
		public void run() {
			for (int i = 0; i < this.bursts; i++) {
				List<Peer> burst = new ArrayList<>();
				List<Long> begun = new ArrayList<>();
				for (int j = 0; j < this.size; j++) {
					begun.add(System.nanoTime());
					burst.add(new Peer(this.server));
				}
				for (int j = 0; j < this.size; j++) {
					String line = burst.get(j).readLine();
					if ("welcome".equals(line)) {
						this.admitted++;
					}
					else if (BUSY.equals(line) && burst.get(j).readLine() == null) {
						this.times.add(System.nanoTime() - begun.get(j));
						this.refused++;
					}
					else {
						this.strange.add(String.valueOf(line));
					}
				}
				burst.forEach(Peer::reset);
			}
		}

	}

}
