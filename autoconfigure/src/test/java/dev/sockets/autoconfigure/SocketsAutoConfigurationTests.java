package dev.sockets.autoconfigure;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import dev.sockets.SocketEndpoint;
import dev.sockets.codec.Codec;
import dev.sockets.codec.Codecs;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.SocketEvent;
import dev.sockets.loop.EventLoopGroup;
import dev.sockets.registry.SocketEndpoints;
import dev.sockets.runtime.tcp.EndpointRuntime;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.testkit.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

class SocketsAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class));

	@Test
	void whenEntryHasOnlyPortThenServerListensAndAnswers() {
		this.contextRunner.withUserConfiguration(EchoConfiguration.class).withInitializer(Yaml.of("""
				sockets:
				  tcp:
				    server:
				      echo:
				        port: 0
				""")).run((context) -> {
			TcpServer server = context.getBean("echo", TcpServer.class);
			assertThat(server.getName()).isEqualTo("echo");
			assertThat(EchoConfiguration.ask(server, "hello")).isEqualTo("echo hello");
		});
	}

	@Test
	void whenThereIsClientThenItConnectsToItsPeer() throws IOException {
		try (ServerSocket peer = new ServerSocket(0)) {
			this.contextRunner.withPropertyValues("sockets.tcp.client.peer.port=" + peer.getLocalPort())
				.run((context) -> {
					TcpClient client = context.getBean("peer", TcpClient.class);
					Awaitility.await().until(client::isConnected);
					client.send("hello");
					peer.setSoTimeout(30_000);
					try (Socket socket = peer.accept()) {
						socket.setSoTimeout(30_000);
						assertThat(socket.getInputStream().readNBytes(6)).asString().isEqualTo("hello\n");
					}
				});
		}
	}

	@Test
	void whenPeerIsNotThereThenContextStartsAndClientConnectsWhenItComes() throws IOException {
		int port = Ports.free();
		this.contextRunner
			.withPropertyValues("sockets.tcp.client.peer.port=" + port,
					"sockets.tcp.client.peer.reconnect.initial-delay=50ms",
					"sockets.tcp.client.peer.reconnect.max-delay=50ms")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				TcpClient peer = context.getBean(TcpClient.class);
				assertThat(peer.isRunning()).isTrue();
				Awaitility.await().until(() -> !peer.recentFailures().isEmpty());
				try (ServerSocket server = new ServerSocket(port)) {
					Awaitility.await().until(peer::isConnected);
					assertThat(server.isBound()).isTrue();
				}
			});
	}

	@Test
	void whenThereAreEntriesThenBeansAreInjectedByNameAndQualifier() {
		this.contextRunner.withUserConfiguration(InjectedConfiguration.class).withInitializer(Yaml.of("""
				sockets.tcp:
				  server:
				    orders.port: 0
				    order-feed.port: 0
				  client.peer:
				    port: 9
				    auto-startup: false
				""")).run((context) -> {
			Injected injected = context.getBean(Injected.class);
			assertThat(injected.orders().getName()).isEqualTo("orders");
			assertThat(injected.feed().getName()).isEqualTo("order-feed");
			assertThat(injected.client().getName()).isEqualTo("peer");
			assertThat(injected.servers()).containsOnlyKeys("orders", "order-feed");
			assertThat(context.getBeansOfType(SocketEndpoint.class)).hasSize(3);
		});
	}

	@Test
	void whenThereAreNoEntriesThenThereAreNoEndpoints() {
		this.contextRunner.run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean(SocketEndpoint.class)
			.hasSingleBean(EndpointRuntime.class));
	}

	@Test
	void whenAutoStartupIsFalseThenServerDoesNotListen() {
		this.contextRunner.withInitializer(Yaml.of("""
				sockets.tcp.server.echo:
				  port: 0
				  auto-startup: false
				""")).run((context) -> assertThat(context.getBean(TcpServer.class).isRunning()).isFalse());
	}

	@Test
	void whenContextIsClosedThenServerStopped() {
		this.contextRunner.withInitializer(Yaml.of("sockets.tcp.server.echo.port: 0")).run((context) -> {
			TcpServer server = context.getBean(TcpServer.class);
			assertThat(server.isRunning()).isTrue();
			context.close();
			assertThat(server.isRunning()).isFalse();
		});
	}

	@Test
	void whenSocketsAreDisabledThenThereIsNothing() {
		this.contextRunner.withInitializer(Yaml.of("""
				sockets:
				  enabled: false
				  tcp.server.echo.port: 0
				"""))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(SocketEndpoint.class)
				.doesNotHaveBean(EventLoopGroup.class));
	}

	@Test
	void whenSocketsAreEnabledThenTheyAre() {
		this.contextRunner.withPropertyValues("sockets.enabled=true")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(EventLoopGroup.class));
	}

	@Test
	void whenUserDataIsSetThenEndpointHasIt() {
		this.contextRunner.withInitializer(Yaml.of("""
				sockets.tcp.server.echo:
				  port: 0
				  auto-startup: false
				  user-data:
				    room: 7
				"""))
			.run((context) -> assertThat(context.getBean(TcpServer.class).getUserData())
				.containsExactly(entry("room", 7)));
	}

	@Test
	void whenReceivedIsNotAmongEventsThenItIsNotPublished() {
		this.contextRunner.withUserConfiguration(EventsConfiguration.class).withInitializer(Yaml.of("""
				sockets.tcp.server.echo:
				  port: 0
				  events: connected
				""")).run((context) -> {
			TcpServer server = context.getBean(TcpServer.class);
			EchoConfiguration.tell(server, "hello");
			Awaitility.await().until(() -> server.status().messagesReceived() == 1);
			server.stop();
			assertThat(context.getBean(EventsConfiguration.class).events).hasOnlyElementsOfType(ConnectedEvent.class)
				.hasSize(1);
		});
	}

	@Test
	void whenServerIsRegisteredThenItLivesLikeThoseOfTheConfiguration() {
		this.contextRunner.withUserConfiguration(EchoConfiguration.class, CustomizerTests.CustomizerConfiguration.class)
			.withInitializer(Yaml.of("sockets.tcp.server.echo.port: 0"))
			.run((context) -> {
				SocketEndpoints endpoints = context.getBean(SocketEndpoints.class);
				TcpServer server = endpoints.registerServer(TcpServerSettings.builder("late").port(0).build());
				assertThat(EchoConfiguration.ask(server, "hello")).isEqualTo("echo hello");
				assertThat(server.getUserData()).as("no customizer has changed it").isEmpty();
				assertThat(endpoints.all()).containsExactly(context.getBean(TcpServer.class), server);
				assertThatIllegalArgumentException().isThrownBy(() -> endpoints.remove("echo"));
				context.close();
				assertThat(server.isRunning()).isFalse();
			});
	}

	@Test
	void whenUserDefinesRegistryThenItIsUsed() {
		this.contextRunner.withBean(SocketEndpoints.class, () -> Mockito.mock(SocketEndpoints.class))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(SocketEndpoints.class));
	}

	@Test
	void whenDeadlinesAndLimitsAreSetThenServerKeepsThem() {
		this.contextRunner.withInitializer(Yaml.of("""
				sockets.tcp.server.echo:
				  port: 0
				  max-connections: 1
				  busy-message: full up
				  goodbye-message: bye
				""")).run((context) -> {
			TcpServer server = context.getBean(TcpServer.class);
			try (Socket first = new Socket("localhost", server.getLocalAddress().getPort())) {
				Awaitility.await().until(() -> server.getConnections().size() == 1);
				try (Socket second = new Socket("localhost", server.getLocalAddress().getPort())) {
					second.setSoTimeout(30_000);
					assertThat(second.getInputStream().readAllBytes()).asString().isEqualTo("full up\n");
				}
				server.stop();
				first.setSoTimeout(30_000);
				assertThat(first.getInputStream().readAllBytes()).asString().isEqualTo("bye\n");
			}
		});
	}

	@Test
	void whenCodecNamesBeanThenItIsUsed() {
		this.contextRunner.withUserConfiguration(EchoConfiguration.class)
			.withBean("upper", Codec.class, UpperCodec::new)
			.withInitializer(Yaml.of("""
					sockets.tcp.server.echo:
					  port: 0
					  codec: upper
					"""))
			.run((context) -> assertThat(EchoConfiguration.ask(context.getBean(TcpServer.class), "hello"))
				.isEqualTo("ECHO HELLO"));
	}

	@Test
	void whenBootIntegrationIsAbsentThenContextStarts() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.springframework.boot.integration"))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void whenLoopsOrPoolSizeIsNotPositiveThenItFails() {
		this.contextRunner.withPropertyValues("sockets.loops=0")
			.run((context) -> assertThat(context.getStartupFailure())
				.hasStackTraceContaining("'sockets.loops' is '0' but must be at least 1"));
		this.contextRunner.withPropertyValues("sockets.memory.max=1KB")
			.run((context) -> assertThat(context.getStartupFailure())
				.hasStackTraceContaining("'sockets.memory.max' is '1024B' but must be at least 1MB"));
		this.contextRunner.withPropertyValues("sockets.pool-size=0")
			.run((context) -> assertThat(context.getStartupFailure())
				.hasStackTraceContaining("'sockets.pool-size' is '0' but must be at least 1"));
	}

	@Test
	void whenKeyIsMisspelledThenItFails() {
		assertUnbound("sockets.tcp.server.echo.prot");
		assertUnbound("sockets.tcp.server.echo.socket.lniger");
		assertUnbound("sockets.tcp.server-defaults.hots");
		assertUnbound("sockets.thread");
	}

	@Test
	void whenVariableIsUnknownThenItIsLeftAlone() {
		this.contextRunner
			.withInitializer(Yaml.of("sockets.tcp.server.order-feed.port: 0")
				.withVariables(Map.of("SOCKETS_VERSION", "1", "SOCKETS_TCP_SERVER_ORDER_FEED_HOST", "127.0.0.1")))
			.run((context) -> {
				assertThat(context).hasNotFailed().hasSingleBean(TcpServer.class);
				assertThat(context.getBean("order-feed", TcpServer.class).getLocalAddress().getHostString())
					.isEqualTo("127.0.0.1");
			});
	}

	@Test
	void whenValueHasWrongTypeThenItFailsWithItsPath() {
		this.contextRunner.withPropertyValues("sockets.tcp.server.echo.port=many")
			.run((context) -> assertThat(context.getStartupFailure())
				.hasStackTraceContaining("sockets.tcp.server.echo.port"));
	}

	private void assertUnbound(String key) {
		this.contextRunner.withPropertyValues("sockets.tcp.server.echo.port=0", key + "=1")
			.run((context) -> assertThat(context.getStartupFailure())
				.hasStackTraceContaining("The elements [" + key + "] were left unbound"));
	}

	private record Injected(TcpServer orders, TcpServer feed, TcpClient client, Map<String, TcpServer> servers) {
	}

	@Configuration(proxyBeanMethods = false)
	static class InjectedConfiguration {

		@Bean
		Injected injected(TcpServer orders, @Qualifier("order-feed") TcpServer feed, TcpClient client,
				Map<String, TcpServer> servers) {
			return new Injected(orders, feed, client, servers);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EventsConfiguration {

		private final List<SocketEvent> events = new CopyOnWriteArrayList<>();

		@EventListener
		void on(SocketEvent event) {
			this.events.add(event);
		}

	}

	static class UpperCodec implements Codec {

		private final Codec text = Codecs.text(StandardCharsets.UTF_8);

		@Override
		public Object decode(byte[] buffer, int offset, int length) throws Exception {
			return this.text.decode(buffer, offset, length);
		}

		@Override
		public byte[] encode(Object payload) throws Exception {
			return this.text.encode(payload.toString().toUpperCase(Locale.ROOT));
		}

	}

}
