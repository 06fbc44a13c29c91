package dev.sockets.annotation;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;

import dev.sockets.MessagePeer;
import dev.sockets.RouteKey;
import dev.sockets.autoconfigure.SocketsAutoConfiguration;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.MulticastSender;
import dev.sockets.multicast.MulticastSenderSettings;
import dev.sockets.registry.SocketEndpoints;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.testkit.Patience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Methods that get the messages with a value, and who gets the others.
 */
class SocketRouteTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class));

	private final ApplicationContextRunner server = this.contextRunner.withPropertyValues(
			"sockets.tcp.server.gate.port=0", "sockets.tcp.server.gate.route-by=first-word", "name.of.gate=gate",
			"word.for.bye=BYE");

	@Test
	void whenAMessageHasAValueThenItsMethodAloneHandlesIt() {
		this.server.withBean(Words.class).withBean(Others.class).run((context) -> {
			try (LinePeer peer = new LinePeer(context.getBean(TcpServer.class))) {
				assertThat(peer.ask("LOGIN ada")).isEqualTo("welcome LOGIN ada");
				assertThat(peer.ask("BYE now")).isEqualTo("bye");
				assertThat(peer.ask("QUIT now")).isEqualTo("bye");
				assertThat(peer.ask("42")).isEqualTo("43");
			}
			Others others = context.getBean(Others.class);
			assertThat(others.heard).isEmpty();
			Awaitility.await()
				.atMost(Patience.SOON)
				.untilAsserted(
						() -> assertThat(others.events).containsExactly("LOGIN ada", "BYE now", "QUIT now", "42"));
		});
	}

	@Test
	void whenAMessageHasNoMethodOfItsOwnThenTheListenersGetIt() {
		this.server.withBean(Words.class).withBean(Others.class).run((context) -> {
			try (LinePeer peer = new LinePeer(context.getBean(TcpServer.class))) {
				assertThat(peer.ask("login ada")).isEqualTo("what is login ada");
				assertThat(peer.ask("")).isEqualTo("what is ");
				assertThat(peer.ask("LOGINS")).isEqualTo("what is LOGINS");
			}
			assertThat(context.getBean(Others.class).heard).containsExactly("login ada", "", "LOGINS");
		});
	}

	@Test
	void whenAMethodAnswersLaterOrNotOrFailsThenItIsAsWithListeners() {
		this.server.withBean(Words.class).withBean(Others.class).run((context) -> {
			try (LinePeer peer = new LinePeer(context.getBean(TcpServer.class))) {
				assertThat(peer.tell("NOTHING", "LATER", "FAIL", "LOGIN").hear()).isEqualTo("later LATER");
				assertThat(peer.hear()).isEqualTo("welcome LOGIN");
			}
			Others others = context.getBean(Others.class);
			Awaitility.await().atMost(Patience.SOON).until(() -> others.errors.size() == 1);
			assertThat(others.errors.get(0).getCause()).hasRootCauseMessage("on purpose");
			assertThat(others.heard).isEmpty();
		});
	}

	@Test
	void whenAClientRoutesThenItsMethodsGetWhatItsServerSends() throws IOException {
		try (ServerSocket listener = new ServerSocket(0)) {
			listener.setSoTimeout(30_000);
			this.contextRunner.withBean(ClientWords.class)
				.withPropertyValues("sockets.tcp.client.far.host=localhost",
						"sockets.tcp.client.far.port=" + listener.getLocalPort(),
						"sockets.tcp.client.far.route-by=first-word")
				.run((context) -> {
					try (LinePeer peer = new LinePeer(listener.accept())) {
						assertThat(peer.ask("HELLO you")).isEqualTo("hello from far");
						assertThat(peer.ask("else")).isEqualTo("other else");
					}
				});
		}
	}

	@Test
	void whenAReceiverRoutesThenItsMethodsGetItsDatagrams() {
		String group = "239.255." + ThreadLocalRandom.current().nextInt(1, 255) + ".7";
		this.contextRunner.withBean(ReceiverBytes.class)
			.withPropertyValues("sockets.multicast.receiver.news.port=0",
					"sockets.multicast.receiver.news.groups=" + group,
					"sockets.multicast.receiver.news.network-interfaces=127.0.0.1",
					"sockets.multicast.receiver.news.codec=bytes", "sockets.multicast.receiver.news.route-by=byte:1")
			.run((context) -> {
				MulticastReceiver news = context.getBean(MulticastReceiver.class);
				MulticastSender asker = context.getBean(SocketEndpoints.class)
					.registerSender(MulticastSenderSettings.builder("asker")
						.group(group)
						.port(news.getLocalAddress().getPort())
						.networkInterface("127.0.0.1")
						.build());
				assertThat(asker.<String>request("a\u0010", Patience.SOON)).isEqualTo("sixteen");
				assertThat(asker.<String>request("a\u007f", Patience.SOON)).isEqualTo("127");
				assertThat(asker.<String>request("a", Patience.SOON)).isEqualTo("other");
			});
	}

	@Test
	void whenMessagesAreJsonThenTheyAreRoutedByAPointer() {
		this.contextRunner.withBean(Kinds.class)
			.withPropertyValues("sockets.tcp.server.gate.port=0", "sockets.tcp.server.gate.framing=line",
					"sockets.tcp.server.gate.codec=json", "sockets.tcp.server.gate.route-by=json:/head/type")
			.run((context) -> {
				try (LinePeer peer = new LinePeer(context.getBean(TcpServer.class))) {
					assertThat(peer.ask("{\"head\":{\"type\":\"login\"},\"user\":\"ada\"}")).isEqualTo("\"ada\"");
					assertThat(peer.ask("{\"head\":{\"type\":7}}")).isEqualTo("\"seven\"");
					assertThat(peer.ask("{\"head\":{}}")).isEqualTo("\"other\"");
					assertThat(peer.ask("null")).isEqualTo("\"other\"");
				}
			});
	}

	@Test
	void whenTwoMethodsHaveOneValueThenTheStartFailsAndNamesBoth() {
		this.server.withBean(Words.class)
			.withBean(Twin.class)
			.run((context) -> assertThat(context.getStartupFailure()).isInstanceOf(SocketMappingException.class)
				.hasMessageContaining(Twin.class.getName() + ".login(String)")
				.hasMessageEndingWith("'LOGIN' of 'gate' is handled already, by " + Words.class.getName()
						+ ".login(String, Connection, TcpServer, MessageReceivedEvent)"));
	}

	@Test
	void whenTheEndpointDoesNotRouteThenTheStartFailsAndSaysWhatToSet() {
		this.contextRunner.withBean(Twin.class)
			.withPropertyValues("sockets.tcp.server.gate.port=0")
			.run((context) -> assertThat(context.getStartupFailure()).isInstanceOf(SocketMappingException.class)
				.hasMessageEndingWith("the messages of sockets.tcp.server.gate are not routed; set "
						+ "'sockets.tcp.server.gate.route-by' to first-word, json:/<pointer> or byte:<offset>"));
	}

	@Test
	void whenAMappingIsWrongThenTheStartFails() {
		this.server.withBean(Both.class)
			.run((context) -> assertThat(context.getStartupFailure()).hasMessageEndingWith(
					"it has a value, for messages, and an opcode or name, for requests; it can have one of them"));
		this.server.withBean(Lost.class)
			.run((context) -> assertThat(context.getStartupFailure())
				.hasMessageEndingWith("there is no TCP server or client or receiver 'elsewhere'; there is gate"));
		this.server.withBean(Blank.class)
			.run((context) -> assertThat(context.getStartupFailure())
				.hasMessageEndingWith("'LOG IN' is no first word of a text: it is empty, or has a blank"));
		this.server.withBean(Confused.class)
			.run((context) -> assertThat(context.getStartupFailure())
				.hasMessageContaining("there is no argument for its parameter 'error'"));
	}

	@Test
	void whenRoutesAreAddedByHandThenTheyHoldAtOnce() {
		this.contextRunner.run((context) -> {
			TcpServer server = context.getBean(SocketEndpoints.class)
				.registerServer(TcpServerSettings.builder("late")
					.port(0)
					.connection((connection) -> connection.routeBy(RouteKey.firstWord()))
					.build());
			server.addHandler((connection, payload) -> "other");
			server.addRoute("PING", (connection, payload) -> "PONG");
			assertThat(LinePeer.ask(server, "PING")).isEqualTo("PONG");
			assertThat(LinePeer.ask(server, "PONG")).isEqualTo("other");
			assertThatIllegalArgumentException()
				.isThrownBy(() -> server.addRoute("PING", (connection, payload) -> null))
				.withMessageStartingWith("'PING' of 'late' is handled already, by ");
			assertThat(server.removeRoute("PING")).isTrue();
			assertThat(server.removeRoute("PING")).isFalse();
			assertThat(LinePeer.ask(server, "PING")).isEqualTo("other");
			server.addRoute("PING", (connection, payload) -> "again");
			assertThat(LinePeer.ask(server, "PING")).isEqualTo("again");
			TcpServer plain = context.getBean(SocketEndpoints.class)
				.registerServer(TcpServerSettings.builder("plain").port(0).build());
			assertThatIllegalStateException().isThrownBy(() -> plain.addRoute("PING", (connection, payload) -> null));
			assertThatIllegalStateException().isThrownBy(() -> plain.removeRoute("PING"));
		});
	}

	static class Words {

		@SocketMapping(endpoint = "gate", value = "LOGIN")
		String login(String text, Connection connection, TcpServer server, MessageReceivedEvent<String> event) {
			assertThat(server.getConnections()).contains(connection);
			assertThat(event.getConnection()).isSameAs(connection);
			return "welcome " + event.getPayload();
		}

		@SocketMapping(endpoint = "${name.of.gate}", value = { "${word.for.bye}", "QUIT" })
		String bye() {
			return "bye";
		}

		@SocketMapping(endpoint = "gate", value = "42")
		String number(int number) {
			return String.valueOf(number + 1);
		}

		@SocketMapping(endpoint = "gate", value = "NOTHING")
		@Nullable String nothing() {
			return null;
		}

		@SocketMapping(endpoint = "gate", value = "LATER")
		CompletableFuture<String> later(String text) {
			return CompletableFuture.completedFuture("later " + text);
		}

		@SocketMapping(endpoint = "gate", value = "FAIL")
		void fail() {
			throw new IllegalStateException("on purpose");
		}

	}

	static class Others {

		private final List<String> heard = new CopyOnWriteArrayList<>();

		private final List<Object> events = new CopyOnWriteArrayList<>();

		private final List<MessageErrorEvent> errors = new CopyOnWriteArrayList<>();

		@SocketListener("gate")
		String on(String text) {
			this.heard.add(text);
			return "what is " + text;
		}

		@EventListener
		void on(MessageReceivedEvent<?> event) {
			this.events.add(event.getPayload());
		}

		@EventListener
		void on(MessageErrorEvent event) {
			this.errors.add(event);
		}

	}

	static class ClientWords {

		@SocketMapping(endpoint = "far", value = "HELLO")
		String hello(TcpClient client) {
			return "hello from " + client.getName();
		}

		@SocketListener("far")
		String other(String text) {
			return "other " + text;
		}

	}

	static class ReceiverBytes {

		@SocketMapping(endpoint = "news", value = "0x10")
		byte[] sixteen(MessagePeer peer, MulticastReceiver receiver) {
			return "sixteen".getBytes(StandardCharsets.US_ASCII);
		}

		@SocketMapping(endpoint = "news", value = "127")
		byte[] greatest(byte[] bytes) {
			return String.valueOf(bytes[1]).getBytes(StandardCharsets.US_ASCII);
		}

		@SocketListener("news")
		byte[] other() {
			return "other".getBytes(StandardCharsets.US_ASCII);
		}

	}

	static class Kinds {

		@SocketMapping(endpoint = "gate", value = "login")
		Object login(Map<String, Object> message) {
			return message.get("user");
		}

		@SocketMapping(endpoint = "gate", value = "7")
		String seven() {
			return "seven";
		}

		@SocketListener("gate")
		String other() {
			return "other";
		}

	}

	static class Twin {

		@SocketMapping(endpoint = "gate", value = "LOGIN")
		void login(String text) {
		}

	}

	static class Both {

		@SocketMapping(endpoint = "gate", value = "LOGIN", opcode = 1)
		void login() {
		}

	}

	static class Lost {

		@SocketMapping(endpoint = "elsewhere", value = "LOGIN")
		void login() {
		}

	}

	static class Blank {

		@SocketMapping(endpoint = "gate", value = "LOG IN")
		void login() {
		}

	}

	static class Confused {

		@SocketMapping(endpoint = "gate", value = "LOGIN")
		void login(MessageErrorEvent error) {
		}

	}

}
