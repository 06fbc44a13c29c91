package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.ApplicationListener;

import dev.sockets.backplane.BackplaneSettings;
import dev.sockets.backplane.Outgoing;
import dev.sockets.event.BackplaneEvent;
import dev.sockets.event.BackplaneLostEvent;
import dev.sockets.event.BackplaneRecoveredEvent;
import dev.sockets.event.FramesMissedEvent;
import dev.sockets.event.MessageSentEvent;
import dev.sockets.event.NodeEvent;
import dev.sockets.event.NodeJoinedEvent;
import dev.sockets.event.NodeLeftEvent;
import dev.sockets.event.NodeLeftReason;
import dev.sockets.framing.Framings;
import dev.sockets.runtime.backplane.frame.DropReason;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionInfo;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.FaultyEngine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What listeners are told of other nodes, and of the way to them.
 */
@Timeout(120)
class NodeEventTests {

	@AutoClose
	private final TestNodes nodes = new TestNodes(0, (settings) -> settings);

	/** Two nodes that take each other for gone soon. */
	private void start() {
		start((settings) -> settings);
	}

	private void start(UnaryOperator<BackplaneSettings.Builder> settings) {
		this.nodes.add("node0", settings);
		this.nodes.add("node1", settings);
	}

	private void serve() {
		serve((settings) -> settings);
	}

	private void serve(UnaryOperator<BackplaneSettings.Builder> settings) {
		start(settings);
		serveOnAll();
	}

	private void serveOnAll() {
		this.nodes.serve((settings) -> {
		});
	}

	private <E extends NodeEvent> E awaitEvent(int node, Class<E> type) {
		return this.nodes.endpoints(node).awaitEvent(type);
	}

	@Test
	void whenNodeComesAndStopsThenThatIsTold() {
		serve(TestNodes::steady);
		NodeJoinedEvent joined = awaitEvent(0, NodeJoinedEvent.class);
		assertThat(joined.getSource()).isSameAs(this.nodes.server(0));
		assertThat(joined.getNode().id()).isEqualTo("node1");
		assertThat(joined.getNode().here()).isFalse();
		assertThat(joined.isSameFormat()).isTrue();
		Connection connection = this.nodes.connectTo(1);
		this.nodes.join("hall", connection);
		Awaitility.await().until(() -> this.nodes.server(0).group("hall").size() == 1);
		this.nodes.server(1).stop();
		this.nodes.backplane(1).stop();
		NodeLeftEvent left = awaitEvent(0, NodeLeftEvent.class);
		assertThat(left.getSource()).isSameAs(this.nodes.server(0));
		assertThat(left.getNode().id()).isEqualTo("node1");
		assertThat(left.getReason()).isEqualTo(NodeLeftReason.STOPPED);
		assertThat(this.nodes.endpoints(0).eventNames("server")).containsSubsequence("NodeJoined", "MemberJoined",
				"MemberLeft", "NodeLeft");
		assertThat(this.nodes.endpoints(0).events(NodeEvent.class)).hasSize(2);
	}

	@Test
	void whenAnotherNodeSendsThenThatItWasSentIsToldHere() {
		start(TestNodes::steady);
		Queue<Object> sent = new ConcurrentLinkedQueue<>();
		this.nodes.endpoints(1)
			.context()
			.addApplicationListener((ApplicationListener<MessageSentEvent<?>>) (event) -> sent.add(event.getPayload()));
		serveOnAll();
		this.nodes.connect(2);
		this.nodes.server(0).broadcast("told");
		assertThat(this.nodes.peer(1).readLine()).isEqualTo("told");
		Awaitility.await().untilAsserted(() -> assertThat(sent).containsExactly("told"));
	}

	@Test
	void whenNodeIsKilledThenItsConnectionsAreTold() {
		serve();
		Connection connection = this.nodes.connectTo(1);
		this.nodes.awaitPresence(1);
		Awaitility.await().until(() -> this.nodes.server(0).presence().nodes().get(1).connections() == 1);
		int before = this.nodes.endpoints(0).events(NodeLeftEvent.class).size();
		this.nodes.engine(1).kill();
		NodeLeftEvent left = this.nodes.endpoints(0).awaitEvents(NodeLeftEvent.class, before + 1).get(before);
		assertThat(left.getReason()).isEqualTo(NodeLeftReason.SILENT);
		assertThat(left.getNode().silentFor()).isGreaterThanOrEqualTo(TestNodes.SILENCE);
		assertThat(left.getConnections()).extracting(ConnectionInfo::id).containsExactly(connection.getId());
		assertThat(left.getNode().connections()).isOne();
	}

	@Test
	void whenNodeIsReplacedThenThatIsToldOnce() {
		serve();
		this.nodes.engine(1).kill();
		this.nodes.add("node1");
		this.nodes.serveOn(2, (settings) -> {
		});
		NodeLeftEvent left = awaitEvent(0, NodeLeftEvent.class);
		assertThat(left.getReason()).isIn(NodeLeftReason.REPLACED, NodeLeftReason.SILENT);
		assertThat(this.nodes.endpoints(0).awaitEvents(NodeJoinedEvent.class, 2)).hasSize(2);
	}

	@Test
	void whenServersStartAndStopWhileTheirNodesGoOnThenThatIsTold() {
		start(TestNodes::talkative);
		TcpServer here = this.nodes.serveOn(0, (settings) -> {
		});
		Awaitility.await().until(() -> here.presence().isCurrent());
		TcpServer there = this.nodes.serveOn(1, (settings) -> {
		});
		awaitEvent(0, NodeJoinedEvent.class);
		there.stop();
		assertThat(awaitEvent(0, NodeLeftEvent.class).getReason()).isEqualTo(NodeLeftReason.STOPPED);
		assertThat(here.presence().nodes()).hasSize(1);
		there.start();
		this.nodes.endpoints(0).awaitEvents(NodeJoinedEvent.class, 2);
		here.stop();
		this.nodes.endpoints(0).awaitEvents(NodeLeftEvent.class, 2);
		here.start();
		this.nodes.endpoints(0).awaitEvents(NodeJoinedEvent.class, 3);
	}

	@Test
	void whenNodeHasAnotherFormatThenThatIsTold() {
		start();
		this.nodes.serveOn(0, (settings) -> {
		});
		this.nodes.serveOn(1, (settings) -> settings.connection((connection) -> connection.framing(Framings.crlf())));
		assertThat(awaitEvent(0, NodeJoinedEvent.class).isSameFormat()).isFalse();
		assertThat(awaitEvent(1, NodeJoinedEvent.class).isSameFormat()).isFalse();
	}

	@Test
	void whenBrokerIsAwayThenThatAndItsReturnAreToldOnce() {
		serve((settings) -> settings.heartbeat(Duration.ofSeconds(3), Duration.ofSeconds(60)));
		this.nodes.engine(0).lose();
		this.nodes.engine(0).lose();
		BackplaneLostEvent lost = this.nodes.endpoints(0).awaitEvent(BackplaneLostEvent.class);
		assertThat(lost.getSource()).isSameAs(this.nodes.server(0));
		assertThat(lost.getCause()).hasMessage("The test has cut it");
		this.nodes.server(0).broadcast("too late");
		Awaitility.await().until(() -> this.nodes.backplane(0).counters().dropped(DropReason.EXPIRED) == 1);
		this.nodes.engine(0).restore();
		BackplaneRecoveredEvent recovered = this.nodes.endpoints(0).awaitEvent(BackplaneRecoveredEvent.class);
		assertThat(recovered.getDuration()).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
		assertThat(recovered.getFramesNotSent()).isOne();
		Awaitility.await().until(() -> this.nodes.server(0).presence().isCurrent());
		assertThat(this.nodes.endpoints(0).events(BackplaneEvent.class)).hasSize(2);
		assertThat(this.nodes.endpoints(0).events(NodeLeftEvent.class)).isEmpty();
	}

	@Test
	void whenServerStartsWhileBrokerIsAwayThenThatIsTold() {
		start();
		this.nodes.engine(0).lose();
		TcpServer server = this.nodes.serveOn(0, (settings) -> {
		});
		assertThat(this.nodes.endpoints(0).awaitEvent(BackplaneLostEvent.class).getSource()).isSameAs(server);
	}

	@Test
	void whenNodeHearsNothingThenThatIsTold() {
		serve();
		this.nodes.engine(1).deafen();
		assertThat(this.nodes.endpoints(1).awaitEvent(BackplaneLostEvent.class).getCause())
			.hasMessageStartingWith("It hears nothing although it is connected");
		this.nodes.endpoints(1).awaitEvent(BackplaneRecoveredEvent.class);
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(this.nodes.endpoints(1).events(BackplaneEvent.class)).as("each is told once")
						.hasSize(2 * (int) this.nodes.backplane(1).watch().statistics().outages()));
	}

	@Test
	void whenSeveralNodesDoNotHearThisOneThenItConnectsAnewOnceForAll() {
		start();
		this.nodes.add("node2",
				(settings) -> settings.heartbeat(TestNodes.BEAT, TestNodes.SILENCE.multipliedBy(3).dividedBy(2)));
		serveOnAll();
		FaultyEngine engine = this.nodes.engine(0);
		Queue<Long> reconnects = new ConcurrentLinkedQueue<>();
		engine.onReconnect(() -> {
			if (isUnreached(this.nodes.backplane(0).watch().status().cause())) {
				reconnects.add(heartbeats());
			}
		});
		engine.mirror();
		Awaitility.await().until(() -> !reconnects.isEmpty());
		Awaitility.await().until(() -> reconnects.size() > 1 || heartbeats() > reconnects.element() + 12);
		assertThat(reconnects.stream().skip(1)).as("the next time is twice as long after that")
			.allMatch((next) -> next > reconnects.element() + 15);
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.nodes.endpoints(0)
				.events(BackplaneLostEvent.class)
				.stream()
				.filter((event) -> isUnreached(event.getCause()))).hasSameSizeAs(reconnects));
	}

	private static boolean isUnreached(Throwable cause) {
		return String.valueOf(cause).contains("is heard and does not hear this one");
	}

	/** Returns how often node 0 has heard itself: that is what it tells time by. */
	private long heartbeats() {
		return this.nodes.backplane(0).watch().statistics().roundTrips().count();
	}

	@Test
	void whenANodeDoesNotHearThisOneThenItIsAskedForItsConnectionsOnceItDoes() {
		start();
		FaultyEngine engine = this.nodes.engine(0);
		engine.drop((message) -> true);
		TcpServer there = this.nodes.serveOn(1, (settings) -> {
		});
		this.nodes.connectTo(0);
		Awaitility.await().until(() -> there.presence().isCurrent() && hearsNobody(1));
		engine.record((message) -> message.channel().endsWith(":node:node1"));
		TcpServer here = this.nodes.serveOn(0, (settings) -> {
		});
		awaitEvent(0, NodeJoinedEvent.class);
		Awaitility.await().during(Duration.ofMillis(1500)).until(() -> engine.published().isEmpty());
		Awaitility.await()
			.until(() -> this.nodes.backplane(0).watch().statistics().lag().compareTo(Duration.ofSeconds(1)) > 0);
		engine.drop((message) -> false);
		Awaitility.await().until(() -> here.presence().size() == 1);
		assertThat(engine.published()).isNotEmpty();
	}

	/** Who was heard at the start is so until it has been silent for long. */
	private boolean hearsNobody(int node) {
		return this.nodes.backplane(node).watch().statistics().nodes() == 1;
	}

	@Test
	void whenANodeIsToldToHaveTheServerThenItHearsWhatIsSentToAll() {
		start(TestNodes::steady);
		TcpServer here = this.nodes.serveOn(0, (settings) -> {
		});
		FaultyEngine engine = this.nodes.engine(1);
		engine.delaySubscriptions((channel) -> channel.endsWith(":all"));
		TcpServer there = this.nodes.serveOn(1, (settings) -> {
		});
		Awaitility.await()
			.during(TestNodes.BEAT.multipliedBy(3))
			.until(() -> this.nodes.endpoints(0).events(NodeJoinedEvent.class).isEmpty());
		engine.subscribeLate();
		try (Peer peer = new Peer(there)) {
			Awaitility.await().until(() -> there.findConnection(peer.address()).isPresent());
			awaitEvent(0, NodeJoinedEvent.class);
			Awaitility.await().until(() -> there.presence().nodes().size() == 2);
			here.broadcast("first");
			assertThat(peer.readLine()).isEqualTo("first");
		}
	}

	@Test
	void whenNodeIdIsTakenThenTheYoungerTellsThatItIsAlone() {
		serve(TestNodes::steady);
		this.nodes.add("node1", TestNodes::steady);
		this.nodes.serveOn(2, (settings) -> {
		});
		assertThat(this.nodes.endpoints(2).awaitEvent(BackplaneLostEvent.class).getCause())
			.hasMessageContaining("sockets.node must differ on each");
		assertThat(this.nodes.endpoints(1).events(BackplaneEvent.class)).isEmpty();
	}

	@Test
	void whenFramesDoNotComeThenTheReceiverIsToldHowMany() {
		serve(TestNodes::steady);
		this.nodes.connect(2);
		broadcastInVain(10);
		this.nodes.server(0).broadcast("end");
		assertThat(this.nodes.linesUntilEnd().get(1)).containsExactly("before");
		FramesMissedEvent missed = this.nodes.endpoints(1).awaitEvent(FramesMissedEvent.class);
		assertThat(missed.getSource()).isSameAs(this.nodes.server(1));
		assertThat(missed.getNode()).isEqualTo("node0");
		assertThat(missed.getCount()).isEqualTo(this.nodes.backplane(1).counters().missed()).isEqualTo(10);
		assertThat(this.nodes.endpoints(0).events(FramesMissedEvent.class)).isEmpty();
	}

	@Test
	void whenFramesAreOnlyLateThenNothingIsTold() {
		serve(TestNodes::steady);
		this.nodes.connect(2);
		List<Outgoing> sent = broadcastInVain(2);
		this.nodes.engine(1).holdUp(() -> this.nodes.server(1).group("nobody").send("time does not pass here"));
		this.nodes.engine(1).receive(sent.get(1).channel(), sent.get(1).message());
		this.nodes.engine(1).receive(sent.get(0).channel(), sent.get(0).message());
		this.nodes.engine(1).goOn();
		assertThat(this.nodes.backplane(1).counters().lateFrames()).isOne();
		Awaitility.await()
			.during(Duration.ofMillis(1500))
			.until(() -> this.nodes.endpoints(1).events(FramesMissedEvent.class).isEmpty());
	}

	/** Broadcasts some messages that do not arrive by themselves. */
	private List<Outgoing> broadcastInVain(int count) {
		FaultyEngine engine = this.nodes.engine(0);
		this.nodes.server(0).broadcast("before");
		Awaitility.await()
			.until(() -> this.nodes.server(1).getConnections().iterator().next().getStatistics().messagesSent() == 1);
		engine.record((message) -> message.channel().endsWith(":all"));
		engine.drop((message) -> message.channel().endsWith(":all"));
		for (int i = 1; i <= count; i++) {
			int published = i;
			this.nodes.server(0).broadcast("lost");
			Awaitility.await().until(() -> engine.published().size() == published);
		}
		engine.drop((message) -> false);
		return engine.published();
	}

}
