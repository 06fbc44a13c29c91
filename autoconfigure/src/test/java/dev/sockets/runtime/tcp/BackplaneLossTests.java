package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.event.FramesMissedEvent;
import dev.sockets.runtime.backplane.frame.DropReason;
import dev.sockets.testkit.FaultyEngine;
import dev.sockets.testkit.OwnThread;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is lost when the way to the broker is cut in one direction: it is counted, and
 * nothing comes twice.
 */
@Timeout(120)
class BackplaneLossTests {

	private static final String ALL = "test:server:all";

	@AutoClose
	private final TestNodes nodes = new TestNodes(0, (settings) -> settings);

	/** None of them is to hear nothing for a moment but when the test has it so. */
	private void serve() {
		this.nodes.add("node0", TestNodes::steady);
		this.nodes.add("node1", TestNodes::steady);
		begin();
	}

	private void begin() {
		this.nodes.serve((settings) -> settings.connection((connection) -> connection.maxPending(64 * 1024 * 1024)));
		this.nodes.connect(2);
		this.nodes.awaitPresence(2);
		this.nodes.server(0).broadcast("first");
		assertThat(this.nodes.peer(0).readLine()).isEqualTo("first");
		assertThat(this.nodes.peer(1).readLine()).isEqualTo("first");
	}

	@Test
	void whenANodeHearsNothingForAWhileThenItsLossIsCountedExactly() {
		serve();
		CompletableFuture<List<String>> read = OwnThread.call(() -> Peers.linesUntilEnd(this.nodes.peer(1)));
		List<String> sent = new ArrayList<>();
		for (int cut = 0; cut < 3; cut++) {
			send(sent, 300);
			this.nodes.engine(1).lose();
			send(sent, 300);
			Awaitility.await().until(() -> this.nodes.engine(1).unheard(ALL) > 0);
			this.nodes.engine(1).restore();
			Awaitility.await().until(() -> this.nodes.server(1).presence().isCurrent());
			send(sent, 300);
		}
		this.nodes.server(0).broadcast("end");
		List<String> received = read.join();
		assertThat(received).doesNotHaveDuplicates().isSubsetOf(sent);
		assertThat(sent.stream().filter(received::contains)).containsExactlyElementsOf(received);
		assertThat(received).hasSizeLessThan(sent.size());
		assertMissed(sent.size() - received.size());
	}

	private void send(List<String> sent, int count) {
		for (int i = 0; i < count; i++) {
			String message = "m" + sent.size();
			sent.add(message);
			this.nodes.server(0).broadcast(message);
			TestEndpoints.block(1);
		}
	}

	/** The last ones are told a second later. */
	private void assertMissed(long lost) {
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.nodes.endpoints(1)
				.events(FramesMissedEvent.class)
				.stream()
				.mapToLong(FramesMissedEvent::getCount)
				.sum()).isEqualTo(lost));
	}

	@Test
	void whenANodeWasThoughtGoneThenWhatItHasMissedIsCountedOnce() {
		this.nodes.add("node0");
		this.nodes.add("node1", TestNodes::talkative);
		begin();
		this.nodes.engine(1).pause(true);
		Awaitility.await().until(() -> this.nodes.server(0).presence().nodes().size() == 1);
		this.nodes.engine(0).record((message) -> message.channel().equals(ALL));
		long before = this.nodes.backplane(0).counters().published();
		for (int i = 0; i < 100; i++) {
			this.nodes.server(0).broadcast("missed " + i);
		}
		Awaitility.await().until(() -> this.nodes.backplane(0).counters().published() >= before + 100);
		Awaitility.await().until(() -> this.nodes.engine(1).unheard(ALL) == this.nodes.engine(0).published().size());
		this.nodes.engine(1).pause(false);
		this.nodes.awaitEachOther();
		this.nodes.awaitPresence(2);
		this.nodes.server(0).broadcast("heard");
		assertThat(this.nodes.peer(1).readLine()).isEqualTo("heard");
		assertMissed(100);
		Awaitility.await().during(Duration.ofMillis(1500)).untilAsserted(() -> assertMissed(100));
	}

	@Test
	void whenOthersComeBackLaterThenWhatHasWaitedWaitsForThem() {
		serve();
		String last;
		int times = 0;
		do {
			last = "waited " + times++;
		}
		while (restoreOneAfterTheOther(last).compareTo(Duration.ofSeconds(1)) > 0);
		String line = this.nodes.peer(1).readLine();
		while (!last.equals(line)) {
			assertThat(line).as("of a time when it took too long for the machine").startsWith("waited ");
			line = this.nodes.peer(1).readLine();
		}
	}

	/** Returns for how long one of them has waited for the other. */
	private Duration restoreOneAfterTheOther(String line) {
		this.nodes.engine(0).lose();
		this.nodes.engine(1).lose();
		this.nodes.server(0).broadcast(line);
		long begun = System.nanoTime();
		this.nodes.engine(0).restore();
		Awaitility.await().until(() -> this.nodes.server(0).presence().isCurrent());
		this.nodes.engine(1).restore();
		Duration waited = Duration.ofNanos(System.nanoTime() - begun);
		this.nodes.awaitEachOther();
		return waited;
	}

	@Test
	void whenAnotherNodeStaysAwayThenItIsNotWaitedForForLong() {
		for (int node = 0; node < 3; node++) {
			this.nodes.add("node" + node, TestNodes::steady);
		}
		begin();
		this.nodes.engine(2).kill();
		this.nodes.engine(0).lose();
		this.nodes.server(0).broadcast("waited");
		this.nodes.engine(0).restore();
		assertThat(this.nodes.peer(1).readLine()).isEqualTo("waited");
	}

	@Test
	void whenItIsNotKnownWhatHasArrivedThenNothingIsSentAgain() {
		serve();
		FaultyEngine engine = this.nodes.engine(0);
		CompletableFuture<List<String>> read = OwnThread.call(() -> Peers.linesUntilEnd(this.nodes.peer(1)));
		int sent = 0;
		for (int cut = 0; cut < 6; cut++) {
			long vain = engine.vain();
			engine.doubt(true);
			for (int i = 0; i < 1024; i++) {
				this.nodes.server(0).broadcast("m" + sent++);
			}
			Awaitility.await().until(() -> {
				this.nodes.server(0).group("nobody").send("more");
				return engine.vain() > vain;
			});
			engine.doubt(false);
		}
		Awaitility.await().until(() -> this.nodes.server(0).presence().isCurrent());
		this.nodes.server(0).broadcast("end");
		List<String> received = read.join();
		assertThat(received).doesNotHaveDuplicates();
		assertThat(received.stream().map((line) -> Integer.parseInt(line.substring(1)))).isSorted();
		assertThat(this.nodes.backplane(0).counters().dropped(DropReason.UNCONFIRMED))
			.isGreaterThanOrEqualTo(sent - received.size());
		assertMissed(sent - received.size());
		assertThat(Peers.linesUntilEnd(this.nodes.peer(0))).hasSize(sent);
	}

}
