package dev.sockets.annotation;

import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.dataformat.cbor.CBORMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.sockets.autoconfigure.SocketsAutoConfiguration;
import dev.sockets.codec.Codecs;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.framing.Framings;
import dev.sockets.registry.SocketEndpoints;
import dev.sockets.rpc.Kwargs;
import dev.sockets.rpc.RemoteException;
import dev.sockets.rpc.RpcPeer;
import dev.sockets.rpc.RpcRequest;
import dev.sockets.rpc.RpcSettings;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Methods that answer requests by opcode, and interfaces whose methods make some.
 */
class SocketMappingTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
		.withPropertyValues("sockets.tcp.server.robot.port=0", "sockets.tcp.server.robot.profile=rpc",
				"name.of.robot=robot");

	@Test
	void whenArgumentsArePositionalOrNamedThenTheyGoToTheirParameters() {
		this.contextRunner.withBean(Robot.class).run((context) -> {
			RpcPeer robot = pilot(context).rpc();
			assertThat(robot.<String>execute(0xFF, "left", 2)).isEqualTo("left at 2");
			assertThat(robot.<String>execute(0xFF, "left", "2")).isEqualTo("left at 2");
			assertThat(robot.<String>execute(0xFF, "left", Kwargs.of("speed", 3))).isEqualTo("left at 3");
			assertThat(robot.<String>execute(0xFF, Kwargs.of("speed", 3, "direction", "up"))).isEqualTo("up at 3");
			assertThat(robot.<String>execute("MOVE", "down", 4)).isEqualTo("down at 4");
			assertThat(robot.<String>execute("optional")).isEqualTo("nobody null");
			assertThat(robot.<String>execute("optional", "Ada", null)).isEqualTo("Ada null");
			assertThat(robot.<String>execute("rest", 1, Kwargs.of("b", 2, "a", 3))).isEqualTo("1 {b=2, a=3}");
			assertThat(robot.<String>execute("rest", 1, Map.of("x", 1))).isEqualTo("1 {x=1}");
			assertThat(robot.<String>execute("rest", 1)).isEqualTo("1 {}");
			assertThat(robot.<String>execute("variable", "a", 1, 2, 3)).isEqualTo("a [1, 2, 3]");
			assertThat(robot.<String>execute("variable", "a")).isEqualTo("a []");
		});
	}

	@Test
	void whenArgumentsAreObjectsThenTheyAreConverted() {
		this.contextRunner.withBean(Robot.class).run((context) -> {
			RpcPeer robot = pilot(context).rpc();
			Step step = new Step("left", 2, Optional.of(Duration.ofSeconds(1)));
			assertThat(robot.execute("double", Step.class, step)).isEqualTo(new Step("left", 4, step.within()));
			assertThat(robot.<Integer>execute("sum", List.of(step, step))).isEqualTo(4);
			assertThat(robot.execute("bytes", byte[].class, new byte[] { 1, 2 })).containsExactly(1, 2);
		});
	}

	@Test
	void whenArgumentsDoNotFitThenTheCallerGetsATypeError() {
		this.contextRunner.withBean(Robot.class).run((context) -> {
			RpcPeer robot = pilot(context).rpc();
			assertTypeError(robot, "the argument 'speed' is missing", "left");
			assertTypeError(robot, "3 arguments are given, but 2 are taken", "left", 1, 2);
			assertTypeError(robot, "the argument 'speed' is not of the right type", "left", "fast");
			assertTypeError(robot, "the argument 'speed' is not of the right type", "left", null);
			assertTypeError(robot, "the argument 'speed' is not of the right type", "left", 1.9);
			assertTypeError(robot, "the argument 'speed' is not of the right type", "left", Double.NaN);
			assertTypeError(robot, "the argument 'speed' is not of the right type", "left", 1L << 32);
			assertTypeError(robot, "the argument 'speed' is not of the right type", "left", List.of(1, 2));
			assertThat(robot.<String>execute(0xFF, "left", 2.0)).isEqualTo("left at 2");
			assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> robot.execute("variable", "a", 1, 1.5))
				.withMessage("TypeError: the argument 'numbers' is not of the right type");
			assertTypeError(robot, "an unexpected argument is named 'colour'", "left", 1, Kwargs.of("colour", "red"));
			assertTypeError(robot, "the argument 'direction' is given by its position and by its name", "left",
					Kwargs.of("direction", "left", "speed", 1));
		});
	}

	@Test
	void whenAMethodReturnsNothingOrLaterThenSoIsTheResult() {
		this.contextRunner.withBean(Robot.class).run((context) -> {
			RpcPeer robot = pilot(context).rpc();
			assertThat(robot.<Object>execute("void")).isNull();
			assertThat(robot.<String>execute("future")).isEqualTo("future");
			assertThat(robot.<String>execute("mono")).isEqualTo("mono");
			assertThat(robot.<Object>execute("empty")).isNull();
			assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> robot.execute("fail"))
				.withMessage("ValueError: no");
		});
	}

	@Test
	void whenAMethodTakesWhatIsThereThenItGetsIt() {
		this.contextRunner.withBean(Robot.class).run((context) -> {
			pilot(context).rpc().execute("everything", 1);
			List<Object> all = context.getBean(Robot.class).everything.get();
			TcpServer server = context.getBean(TcpServer.class);
			Connection connection = server.getConnections().iterator().next();
			assertThat(all.get(0)).isSameAs(connection);
			assertThat(all.get(1)).isSameAs(server);
			assertThat(all.get(2)).isSameAs(connection.rpc());
			assertThat(all.get(3)).isInstanceOf(RpcRequest.class);
			assertThat(all.get(4)).isEqualTo(1);
		});
	}

	@Test
	void whenAnOpcodeIsBoundTwiceThenTheStartFailsAndNamesBoth() {
		this.contextRunner.withBean(Robot.class)
			.withBean(Twin.class)
			.run((context) -> assertThat(context.getStartupFailure()).isInstanceOf(SocketMappingException.class)
				.hasMessageContaining(Twin.class.getName() + ".move()")
				.hasMessageContaining(
						"opcode 0xFF of 'robot' is bound already, to " + Robot.class.getName() + ".move(String, int)"));
	}

	@Test
	void whenAParameterHasNoArgumentThenTheStartFails() {
		this.contextRunner.withBean(Confused.class)
			.run((context) -> assertThat(context.getStartupFailure()).isInstanceOf(SocketMappingException.class)
				.hasMessageContaining("there is no argument for its parameter 'event' of type")
				.hasMessageContaining("allowed are parameters for the arguments of the request"));
	}

	@Test
	void whenTheEndpointIsMissingOrHasNoRequestsThenTheStartFails() {
		this.contextRunner.withBean(Lost.class)
			.run((context) -> assertThat(context.getStartupFailure())
				.hasMessageContaining("there is no TCP server or client 'elsewhere'; there is robot"));
		this.contextRunner.withBean(Robot.class)
			.withPropertyValues("sockets.tcp.server.robot.rpc=false")
			.run((context) -> assertThat(context.getStartupFailure())
				.hasMessageContaining("There are no requests by opcode without sockets.tcp.server.robot.rpc=true"));
		this.contextRunner.withBean(Nameless.class)
			.run((context) -> assertThat(context.getStartupFailure())
				.hasMessageContaining("it has neither an opcode nor a name nor a value"));
	}

	@Test
	void whenAnInterfaceHasOpcodesThenItsMethodsExecute() {
		this.contextRunner.withBean(Robot.class).run((context) -> {
			RobotClient robot = SocketExchangeProxyFactory.create(RobotClient.class, pilot(context));
			assertThat(robot.move("left", 2)).isEqualTo("left at 2");
			assertThat(robot.moveNamed("left", Kwargs.of("speed", 3))).isEqualTo("left at 3");
			assertThat(robot.moveLater("up", 1)).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("up at 1");
			assertThat(robot.doubled(new Step("left", 2, Optional.empty())))
				.isEqualTo(new Step("left", 4, Optional.empty()));
			assertThat(robot.echo(List.of(new Step("a", 1, Optional.empty()))))
				.containsExactly(new Step("a", 1, Optional.empty()));
			assertThat(robot.variable("a", 1, 2)).isEqualTo("a [1, 2]");
			assertThat(robot.empty()).isEmpty();
			robot.nothing();
			assertThat(robot.nothingLater()).succeedsWithin(Duration.ofSeconds(30)).isNull();
			assertThatExceptionOfType(RemoteException.class).isThrownBy(robot::fail).withMessage("ValueError: no");
			assertThat(robot.twice("left")).isEqualTo("left at 1 left at 1");
			robot.tell(7);
			Robot bean = context.getBean(Robot.class);
			Awaitility.await().until(() -> bean.everything.get() != null && bean.everything.get().contains(7));
		});
	}

	@Test
	void whenAnInterfaceHasAMethodWithoutMeaningThenItSaysSo() {
		this.contextRunner.run((context) -> {
			TcpClient client = pilot(context);
			assertThatIllegalArgumentException()
				.isThrownBy(() -> SocketExchangeProxyFactory.create(Telling.class, client))
				.withMessageEndingWith("Telling.tell() tells, so it has to be void");
			assertThatIllegalArgumentException()
				.isThrownBy(() -> SocketExchangeProxyFactory.create(Nothing.class, client))
				.withMessageEndingWith("Nothing.call() has to have one opcode, or one name");
			TcpClient lines = context.getBean(SocketEndpoints.class)
				.registerClient(TcpClientSettings.builder("lines").port(1).build());
			assertThatIllegalStateException()
				.isThrownBy(() -> SocketExchangeProxyFactory.create(RobotClient.class, lines))
				.withMessageStartingWith("There are no requests by opcode without sockets.tcp.client.lines.rpc=true");
		});
	}

	private static void assertTypeError(RpcPeer robot, String message, @Nullable Object... args) {
		assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> robot.execute(0xFF, args))
			.withMessage("TypeError: " + message);
	}

	private static TcpClient pilot(AssertableApplicationContext context) {
		int port = context.getBean(TcpServer.class).getLocalAddress().getPort();
		TcpClient client = context.getBean(SocketEndpoints.class)
			.registerClient(TcpClientSettings.builder("pilot")
				.port(port)
				.connection((connection) -> connection.framing(Framings.lengthPrefixed(4, ByteOrder.BIG_ENDIAN, false))
					.codec(Codecs.cbor(new CBORMapper(), Object.class))
					.requestTimeout(Duration.ofSeconds(30))
					.rpc(RpcSettings.DEFAULTS))
				.build());
		client.start();
		Awaitility.await().until(client::isConnected);
		return client;
	}

	record Step(String direction, int speed, Optional<Duration> within) {
	}

	static class Robot {

		final AtomicReference<List<Object>> everything = new AtomicReference<>();

		@SocketMapping(endpoint = "${name.of.robot}", opcode = 0xFF, name = "MOVE")
		String move(String direction, int speed) {
			return direction + " at " + speed;
		}

		@SocketMapping(endpoint = "robot", name = "optional")
		String optional(Optional<String> name, @Nullable Integer speed) {
			return name.orElse("nobody") + " " + speed;
		}

		@SocketMapping(endpoint = "robot", name = "rest")
		String rest(int first, Map<String, Object> rest) {
			return first + " " + rest;
		}

		@SocketMapping(endpoint = "robot", name = "variable")
		String variable(String first, int... numbers) {
			return first + " " + Arrays.toString(numbers);
		}

		@SocketMapping(endpoint = "robot", name = "double")
		Step doubled(Step step) {
			return new Step(step.direction(), 2 * step.speed(), step.within());
		}

		@SocketMapping(endpoint = "robot", name = "sum")
		int sum(List<Step> steps) {
			return steps.stream().mapToInt(Step::speed).sum();
		}

		@SocketMapping(endpoint = "robot", name = "echo")
		Object echo(Object anything) {
			return anything;
		}

		@SocketMapping(endpoint = "robot", name = "bytes")
		byte[] bytes(byte[] bytes) {
			return bytes;
		}

		@SocketMapping(endpoint = "robot", name = "void")
		void nothing() {
		}

		@SocketMapping(endpoint = "robot", name = "future")
		CompletableFuture<String> future() {
			return OwnThread.call(() -> "future");
		}

		@SocketMapping(endpoint = "robot", name = "mono")
		Mono<String> mono() {
			return Mono.just("mono");
		}

		@SocketMapping(endpoint = "robot", name = "empty")
		Optional<String> empty() {
			return Optional.empty();
		}

		@SocketMapping(endpoint = "robot", name = "fail")
		void fail() {
			throw new IllegalArgumentException("no");
		}

		@SocketMapping(endpoint = "robot", name = "everything")
		void everything(Connection connection, TcpServer server, RpcPeer peer, RpcRequest request, int number) {
			this.everything.set(List.of(connection, server, peer, request, number));
		}

	}

	static class Twin {

		@SocketMapping(endpoint = "robot", opcode = 255)
		void move() {
		}

	}

	static class Confused {

		@SocketMapping(endpoint = "robot", opcode = 1)
		void on(MessageReceivedEvent<String> event) {
		}

	}

	static class Lost {

		@SocketMapping(endpoint = "elsewhere", opcode = 1)
		void on() {
		}

	}

	static class Nameless {

		@SocketMapping(endpoint = "robot")
		void on() {
		}

	}

	@SocketExchange("robot")
	interface RobotClient {

		@Opcode(0xFF)
		String move(String direction, int speed);

		@Opcode(0xFF)
		String moveNamed(String direction, Kwargs kwargs);

		@Opcode(0xFF)
		CompletableFuture<String> moveLater(String direction, int speed);

		@Opcode(name = "double")
		Step doubled(Step step);

		@Opcode(name = "echo")
		List<Step> echo(List<Step> steps);

		@Opcode(name = "variable")
		String variable(String first, Object... numbers);

		@Opcode(name = "empty")
		Optional<String> empty();

		@Opcode(name = "void")
		void nothing();

		@Opcode(name = "void")
		CompletableFuture<Void> nothingLater();

		@Opcode(name = "fail")
		@SocketExchange(timeout = "30s")
		void fail();

		@Opcode(name = "everything", tell = true)
		void tell(int number);

		default String twice(String direction) {
			return move(direction, 1) + " " + move(direction, 1);
		}

	}

	interface Telling {

		@Opcode(value = 1, tell = true)
		String tell();

	}

	interface Nothing {

		@Opcode
		void call();

	}

}
