package dev.sockets.runtime.tcp;

import java.util.List;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.SocketErrorCode;
import dev.sockets.event.MemberJoinedEvent;
import dev.sockets.event.NodeLeftEvent;
import dev.sockets.tcp.Audience;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.NodeInfo;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Nodes that tell each other how many connections they have, and nothing of each.
 */
@Timeout(120)
class PresenceOffTests {

	@AutoClose
	private final TestNodes nodes = new TestNodes(2, (settings) -> TestNodes.talkative(settings).presence(false));

	@Test
	void whenPresenceIsOffThenMessagesAndRequestsGoOn() {
		this.nodes.serve((settings) -> {
		});
		List<Connection> connections = this.nodes.connect(2);
		Connection there = connections.get(1);
		TcpServer here = this.nodes.server(0);
		there.bind("ada");
		Awaitility.await().until(() -> this.nodes.isReached(there, "ada"));
		assertThat(here.group("hall").join(there.getId())).succeedsWithin(TestEndpoints.SOON).isEqualTo(true);
		assertThat(this.nodes.server(1).group("hall").join(there)).succeedsWithin(TestEndpoints.SOON);
		here.user("ada").send("to ada");
		here.group("hall").send("to the hall");
		here.broadcast("to all");
		assertThat(here.sendAsync(there.getId(), "end")).succeedsWithin(TestEndpoints.SOON);
		assertThat(this.nodes.peer(1).readLine()).isEqualTo("to ada");
		assertThat(this.nodes.peer(1).readLine()).isEqualTo("to the hall");
		assertThat(this.nodes.peer(1).readLine()).isEqualTo("to all");
		assertThat(here.kick(there.getId())).succeedsWithin(TestEndpoints.SOON).isEqualTo(true);
		BackplaneTests.assertCode(here.sendAsync(there.getId(), "gone"), SocketErrorCode.NOT_CONNECTED);
		assertThat(this.nodes.endpoints(0).events(MemberJoinedEvent.class)).isEmpty();
	}

	@Test
	void whenPresenceIsOffThenOnlyNodesAndCountsAreKnown() {
		this.nodes.serve((settings) -> {
		});
		List<Connection> connections = this.nodes.connect(3);
		TcpServer here = this.nodes.server(0);
		connections.forEach((connection) -> connection.bind("user " + connection.getId()));
		this.nodes.awaitPresence(3);
		assertThat(here.all().size()).isEqualTo(3);
		assertThat(here.presence().nodes()).extracting(NodeInfo::connections).containsExactly(2, 1);
		Audience user = here.user("user " + connections.get(0).getId());
		assertThat(user.here().members()).hasSize(1);
		assertThat(user).asString().contains("connections of 'server'");
		for (ThrowingCallable unknown : List.<ThrowingCallable>of(user::members, user::size, here.all()::members,
				() -> here.presence().ofUser("ada"), () -> here.presence().ofGroup("hall"),
				() -> here.presence().find("x"), () -> here.presence().all())) {
			assertThatIllegalStateException().isThrownBy(unknown)
				.withMessageContaining("sockets.backplane.presence.enabled is false");
		}
		this.nodes.backplane(1).stop();
		assertThat(this.nodes.endpoints(0).awaitEvent(NodeLeftEvent.class).getConnections()).isEmpty();
		assertThat(here.presence().size()).isEqualTo(2);
	}

	@Test
	void whenPresenceIsOffThenNothingIsToldOfConnections() {
		this.nodes.serve((settings) -> {
		});
		this.nodes.engine(0).record((message) -> message.channel().endsWith(":nodes"));
		this.nodes.connect(2);
		this.nodes.awaitPresence(2);
		assertThat(this.nodes.engine(0).published()).isNotEmpty()
			.allSatisfy((message) -> assertThat(message.message()[2]).isEqualTo((byte) 1));
	}

}
