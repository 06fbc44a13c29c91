package dev.sockets.runtime.tcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.EventKind;
import dev.sockets.event.MemberEvent;
import dev.sockets.event.MemberJoinedEvent;
import dev.sockets.event.MemberLeftEvent;
import dev.sockets.event.SocketEvent;
import dev.sockets.event.UserEvent;
import dev.sockets.event.UserOfflineEvent;
import dev.sockets.event.UserOnlineEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.DuplicateSession;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who joins, leaves, comes and goes is told once, in order, on one node and on three.
 */
@ParameterizedClass
@ValueSource(ints = { 1, 3 })
@Timeout(120)
class MemberEventTests {

	private final int count;

	@AutoClose
	private final TestNodes nodes;

	private final Queue<SocketEvent> told = new ConcurrentLinkedQueue<>();

	MemberEventTests(int count) {
		this.count = count;
		this.nodes = TestNodes.steady(count);
		this.nodes.endpoints(0).onEvent((event) -> {
			if (event instanceof MemberEvent || event instanceof UserEvent) {
				this.told.add(event);
			}
		});
	}

	private TcpServer server() {
		return this.nodes.serve((settings) -> settings.duplicateSession(DuplicateSession.ALLOW)).get(0);
	}

	private List<Connection> here(int connections) {
		return Stream.generate(() -> this.nodes.connectTo(0)).limit(connections).toList();
	}

	private List<SocketEvent> await(int count) {
		Awaitility.await().until(() -> this.told.size() >= count);
		return List.copyOf(this.told);
	}

	@Test
	void whenAConnectionJoinsAndLeavesThenThatIsToldOnce() {
		TcpServer server = server();
		Connection connection = this.nodes.connectTo(this.count - 1);
		TcpServer there = this.nodes.of(connection);
		there.group("a").join(connection);
		there.group("a").join(connection);
		there.group("b").join(connection);
		there.group("a").leave(connection);
		there.group("a").leave(connection);
		connection.close();
		List<SocketEvent> events = await(4);
		assertThat(events).hasSize(4).hasOnlyElementsOfType(MemberEvent.class).allSatisfy((event) -> {
			MemberEvent about = (MemberEvent) event;
			assertThat(about.getSource()).isSameAs(server);
			assertThat(about.isHere()).isEqualTo(this.count == 1);
			assertThat(about.getMember().id()).isEqualTo(connection.getId());
		});
		assertThat(events).extracting((event) -> event.getKind() + " " + ((MemberEvent) event).getGroup())
			.containsExactly("MEMBER_JOINED a", "MEMBER_JOINED b", "MEMBER_LEFT a", "MEMBER_LEFT b");
		assertThat(events.stream().map((event) -> ((MemberEvent) event).getMember().groups()))
			.containsExactly(Set.of("a"), Set.of("a", "b"), Set.of("b"), Set.of());
		assertThat(events.get(0)).isInstanceOf(MemberJoinedEvent.class);
		assertThat(events.get(3)).isInstanceOf(MemberLeftEvent.class);
	}

	@Test
	void whenAUserHasSeveralConnectionsThenTheFirstAndTheLastAreTold() {
		TcpServer server = server();
		List<Connection> connections = this.nodes.connect(3);
		connections.get(0).bind("ada");
		await(1);
		connections.get(1).bind("ada");
		awaitUser(server, "ada", 2);
		connections.get(2).bind("eve");
		await(2);
		connections.get(0).close();
		assertThat(connections.get(0).closed()).succeedsWithin(TestEndpoints.SOON);
		connections.get(2).bind("bob");
		await(4);
		connections.get(1).close();
		List<SocketEvent> events = await(5);
		assertThat(events).extracting((event) -> event.getKind() + " " + ((UserEvent) event).getUser())
			.containsExactly("USER_ONLINE ada", "USER_ONLINE eve", "USER_ONLINE bob", "USER_OFFLINE eve",
					"USER_OFFLINE ada");
		assertThat(events.get(0)).isInstanceOf(UserOnlineEvent.class);
		assertThat(((UserEvent) events.get(0)).getSource()).isSameAs(server);
		assertThat(events.get(4)).isInstanceOf(UserOfflineEvent.class);
	}

	private static void awaitUser(TcpServer server, String user, int connections) {
		Awaitility.await().until(() -> server.user(user).size() == connections);
	}

	@Test
	void whenManyComeAndGoAtOnceThenOnlineAndOfflineTakeTurns() throws InterruptedException {
		TcpServer server = server();
		List<Connection> connections = here(4);
		List<Thread> threads = new ArrayList<>();
		for (Connection connection : connections) {
			threads.add(new Thread(() -> {
				for (int i = 0; i < 500; i++) {
					connection.bind("ada");
					connection.bind("other " + connection.getId());
				}
			}));
		}
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
		server.stop();
		Awaitility.await().untilAsserted(this::assertTurns);
	}

	/** All is over when all are offline, and only then. */
	private void assertTurns() {
		assertThat(this.told.size()).isGreaterThan(8);
		assertThat(online()).isEqualTo(offline());
		boolean online = false;
		for (SocketEvent event : this.told) {
			if (((UserEvent) event).getUser().equals("ada")) {
				assertThat(event.getKind()).isEqualTo(online ? EventKind.USER_OFFLINE : EventKind.USER_ONLINE);
				online = !online;
			}
		}
		assertThat(online).isFalse();
	}

	private long online() {
		return this.told.stream().filter(UserOnlineEvent.class::isInstance).count();
	}

	private long offline() {
		return this.told.stream().filter(UserOfflineEvent.class::isInstance).count();
	}

	@Test
	void whenAListenerBlocksThenJoiningAndLeavingGoOn() {
		CountDownLatch released = new CountDownLatch(1);
		this.nodes.endpoints(0).onEvent((event) -> {
			if (event instanceof MemberEvent) {
				hold(released);
				this.told.add(event);
			}
		});
		TcpServer server = server();
		List<Connection> connections = here(2);
		for (int i = 0; i < 2000; i++) {
			server.group("a").join(connections.get(0));
			server.group("a").leave(connections.get(0));
		}
		server.group("a").join(connections.get(1));
		assertThat(server.group("a").send("news")).isOne();
		assertThat(this.nodes.peer(1).readLine()).isEqualTo("news");
		released.countDown();
		await(4001);
	}

	private static void hold(CountDownLatch released) {
		try {
			released.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void whenAListenerJoinsThenTheOrderStays() {
		TcpServer server = server();
		Connection connection = this.nodes.connectTo(0);
		this.nodes.endpoints(0).onEvent((event) -> {
			if (event instanceof MemberJoinedEvent joined) {
				this.told.add(event);
				if (joined.getGroup().length() < 5) {
					server.group(joined.getGroup() + "a").join(connection);
				}
			}
		});
		server.group("a").join(connection);
		assertThat(await(5)).extracting((event) -> ((MemberEvent) event).getGroup())
			.containsExactly("a", "aa", "aaa", "aaaa", "aaaaa");
	}

}
