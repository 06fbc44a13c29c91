package dev.sockets.autoconfigure;

import java.io.Serializable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;

import dev.sockets.MessagePeer;
import dev.sockets.SocketEndpoint;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.actuate.BanDescriptor;
import dev.sockets.actuate.ConnectionDescriptor;
import dev.sockets.actuate.EndpointDescriptor;
import dev.sockets.actuate.EndpointDetailsDescriptor;
import dev.sockets.actuate.FailureDescriptor;
import dev.sockets.actuate.SocketsDescriptor;
import dev.sockets.actuate.SocketsEndpoint;
import dev.sockets.actuate.SocketsEndpointWebExtension;
import dev.sockets.actuate.SocketsHealthContributor;
import dev.sockets.annotation.EnableSocketExchanges;
import dev.sockets.annotation.SocketExchange;
import dev.sockets.annotation.SocketListener;
import dev.sockets.autoconfigure.properties.CredentialsProperties;
import dev.sockets.autoconfigure.properties.EndpointProperties;
import dev.sockets.autoconfigure.properties.FramingOptionsProperties;
import dev.sockets.autoconfigure.properties.HeartbeatProperties;
import dev.sockets.autoconfigure.properties.MulticastProperties;
import dev.sockets.autoconfigure.properties.MulticastReceiverProperties;
import dev.sockets.autoconfigure.properties.MulticastSenderProperties;
import dev.sockets.autoconfigure.properties.SocketOptionsProperties;
import dev.sockets.autoconfigure.properties.SocketsEndpointProperties;
import dev.sockets.autoconfigure.properties.SocketsProperties;
import dev.sockets.autoconfigure.properties.TcpClientProperties;
import dev.sockets.autoconfigure.properties.TcpConnectionProperties;
import dev.sockets.autoconfigure.properties.TcpServerProperties;
import dev.sockets.autoconfigure.properties.UdpProperties;
import dev.sockets.autoconfigure.properties.UdpReceiverProperties;
import dev.sockets.autoconfigure.properties.UdpSenderProperties;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.MulticastSender;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.udp.UdpReceiver;
import dev.sockets.udp.UdpSender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An application that was processed ahead of time has the beans of the configuration it
 * is started with.
 */
@CompileWithForkedClassLoader
class AheadOfTimeTests {

	@Test
	void whenEntryIsThereAtBuildThenItWorksAtRunTime() {
		String yaml = """
				sockets.tcp:
				  server.echo.port: 0
				  client.peer:
				    port: 9
				    auto-startup: false
				""";
		AheadOfTime.run(EchoConfiguration.class, yaml, yaml, (context) -> {
			assertThat(context.getBean("peer", TcpClient.class).getName()).isEqualTo("peer");
			assertThat(EchoConfiguration.ask(context.getBean("echo", TcpServer.class), "hello"))
				.isEqualTo("echo hello");
		});
	}

	@Test
	void whenMulticastEntryIsThereAtBuildThenItWorksAtRunTime() {
		String yaml = """
				sockets.multicast:
				  receiver.news:
				    port: 0
				    groups: 239.255.77.78
				    network-interfaces: 127.0.0.1
				  sender.announcer.network-interface: 127.0.0.1
				""";
		AheadOfTime.run(EchoConfiguration.class, yaml, yaml, (context) -> {
			assertThat(context.getBean("news", MulticastReceiver.class).getGroups()).containsExactly("239.255.77.78");
			assertThat(context.getBean("announcer", MulticastSender.class).isRunning()).isTrue();
		});
	}

	@Test
	void whenUdpEntryIsThereAtBuildThenItWorksAtRunTime() {
		String yaml = """
				sockets.udp:
				  receiver.scale.port: 0
				  sender.lamp.broadcast: true
				""";
		AheadOfTime.run(EchoConfiguration.class, yaml, yaml, (context) -> {
			assertThat(context.getBean("scale", UdpReceiver.class).getLocalAddress().getPort()).isPositive();
			assertThat(context.getBean("lamp", UdpSender.class).isRunning()).isTrue();
		});
	}

	@Test
	void whenEntriesChangeAfterTheBuildThenBeansAreThoseOfRunTime() {
		AheadOfTime.run(EchoConfiguration.class, "sockets.tcp.server.early.port: ${NOT_KNOWN_YET}", """
				sockets.tcp:
				  server-defaults.user-data.room: 7
				  server.late.port: 0
				""", (context) -> {
			assertThat(context.getBeansOfType(SocketEndpoint.class)).containsOnlyKeys("late");
			TcpServer server = context.getBean("late", TcpServer.class);
			assertThat(server.getUserData()).containsEntry("room", 7);
			assertThat(EchoConfiguration.ask(server, "hello")).isEqualTo("echo hello");
		});
	}

	@Test
	void whenProcessedThenNativeImageCanBindProperties() {
		TestGenerationContext generated = new TestGenerationContext();
		AheadOfTime.process(EchoConfiguration.class, "sockets.tcp.server.echo.port: 0", generated);
		assertThat(Stream.of(SocketsProperties.class, SocketsProperties.Observations.class, TcpServerProperties.class,
				TcpClientProperties.class, FramingOptionsProperties.class, SocketOptionsProperties.class,
				TcpConnectionProperties.Outbound.class, HeartbeatProperties.class, EndpointProperties.Health.class,
				EndpointProperties.Inbox.class, TcpServerProperties.Shutdown.class, TcpClientProperties.Reconnect.class,
				TcpClientProperties.ClientOutbound.class, CredentialsProperties.class, MulticastProperties.class,
				MulticastReceiverProperties.class, MulticastSenderProperties.class, UdpProperties.class,
				UdpReceiverProperties.class, UdpSenderProperties.class))
			.allSatisfy((type) -> assertThat(RuntimeHintsPredicates.reflection().onType(type))
				.accepts(generated.getRuntimeHints()));
	}

	@Test
	void whenBeanHasListenerThenItIsCalledAndNativeImageCanCallIt() throws NoSuchMethodException {
		String yaml = "sockets.tcp.server.orders.port: 0";
		TestGenerationContext generated = AheadOfTime.run(ListenerConfiguration.class, yaml, yaml,
				(context) -> assertThat(EchoConfiguration.ask(context.getBean("orders", TcpServer.class), "20"))
					.isEqualTo("21"));
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(ListenerConfiguration.class.getDeclaredMethod("next", int.class)))
			.accepts(generated.getRuntimeHints());
	}

	@Test
	void whenListenerTakesAndReturnsObjectsThenNativeImageCanReadAndWriteThem() throws NoSuchMethodException {
		TestGenerationContext generated = new TestGenerationContext();
		AheadOfTime.process(TypedConfiguration.class, "sockets.tcp.server.orders: {port: 0, profile: json}", generated);
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(TypedConfiguration.class.getDeclaredMethod("take", Order.class, MessagePeer.class)))
			.accepts(generated.getRuntimeHints());
		assertThat(
				RuntimeHintsPredicates.reflection().onConstructorInvocation(Order.class.getDeclaredConstructors()[0]))
			.accepts(generated.getRuntimeHints());
		assertThat(RuntimeHintsPredicates.reflection().onType(Receipt.class)).accepts(generated.getRuntimeHints());
		assertThat(RuntimeHintsPredicates.reflection().onType(MessagePeer.class)).rejects(generated.getRuntimeHints());
	}

	@Test
	void whenInterfaceIsExchangeThenItIsBeanAndNativeImageCanHaveIt() throws NoSuchMethodException {
		String yaml = """
				sockets.tcp:
				  server.orders.port: 0
				  client.peer:
				    port: 9
				    auto-startup: false
				""";
		TestGenerationContext generated = AheadOfTime.run(ExchangeConfiguration.class, yaml, yaml, (context) -> {
			PeerClient client = context.getBean(PeerClient.class);
			assertThat(client).hasToString("PeerClient of TCP client 'peer'");
			assertThatExceptionOfType(SocketOperationException.class).isThrownBy(() -> client.askForTwo("hello"))
				.satisfies((failure) -> assertThat(failure.getCode()).isEqualTo(SocketErrorCode.NOT_CONNECTED));
		});
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(PeerClient.class))
			.accepts(generated.getRuntimeHints());
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(PeerClient.class.getDeclaredMethod("ask", String.class)))
			.accepts(generated.getRuntimeHints());
	}

	@Test
	void whenPayloadTypeIsNamedThenNativeImageCanReadAndWriteIt() throws NoSuchMethodException {
		TestGenerationContext generated = new TestGenerationContext();
		AheadOfTime.process(EchoConfiguration.class,
				"""
						sockets.tcp:
						  client-defaults.payload-type: %s
						  server:
						    orders: {port: 0, profile: json, payload-type: %s}
						    objects: {port: 0, framing: stream, codec: pickle, pickle.classes: {shop.Parcel: %s, shop.No: no.Class}}
						    late: {port: 0, profile: json, payload-type: "${NOT_KNOWN_YET}"}
						    wrong: {port: 0, profile: json, payload-type: no.such.Class}
						"""
					.formatted(Receipt.class.getName(), Order.class.getName(), Parcel.class.getName()),
				generated);
		assertThat(Stream.of(Order.class, Item.class, Receipt.class, Parcel.class)).allSatisfy((type) -> {
			assertThat(RuntimeHintsPredicates.reflection().onType(type)).accepts(generated.getRuntimeHints());
			assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(type.getDeclaredConstructors()[0]))
				.accepts(generated.getRuntimeHints());
		});
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Order.class.getMethod("item")))
			.accepts(generated.getRuntimeHints());
	}

	@Test
	void whenClassesAreAllowedThenNativeImageCanSerializeThem() {
		TestGenerationContext generated = new TestGenerationContext();
		AheadOfTime.process(EchoConfiguration.class,
				"""
						sockets.tcp:
						  client-defaults.allowed-classes: %s
						  server:
						    objects: {port: 0, codec: object, framing: length4, allowed-classes: [%s, java.util.*, no.such.Class]}
						"""
					.formatted(Box.class.getName(), Crate.class.getName()),
				generated);
		assertThat(Stream.of(Box.class, Crate.class, Integer.class, Number.class))
			.allSatisfy((type) -> assertThat(RuntimeHintsPredicates.reflection().onJavaSerialization(type, true))
				.accepts(generated.getRuntimeHints()));
		TestGenerationContext without = new TestGenerationContext();
		AheadOfTime.process(EchoConfiguration.class, "sockets.tcp.server.echo.port: 0", without);
		assertThat(RuntimeHintsPredicates.reflection().onJavaSerialization(Integer.class, true))
			.rejects(without.getRuntimeHints());
	}

	@Test
	void whenThereIsActuatorThenEndpointsAreSeenAndNativeImageCanShowThem() {
		String management = "management.endpoints.web.exposure.include: sockets\n";
		TestGenerationContext generated = AheadOfTime.run(ActuatorConfiguration.class,
				management + "sockets.tcp.server.early.port: 0", management + "sockets.tcp.server.late.port: 0",
				(context) -> {
					EchoConfiguration.ask(context.getBean("late", TcpServer.class), "hello");
					MeterRegistry registry = context.getBean(MeterRegistry.class);
					Awaitility.await()
						.until(() -> registry.get("sockets.bytes.received").functionCounter().count() == 6);
					assertThat(context.getBean(SocketsEndpoint.class).endpoints().endpoints()).containsOnlyKeys("late");
					assertThat(context.getBean(SocketsEndpointWebExtension.class)).isNotNull();
					assertThat(context.getBean(SocketsHealthContributor.class))
						.extracting(HealthContributors.Entry::name)
						.containsExactly("late");
				});
		assertThat(Stream.of(SocketsDescriptor.class, EndpointDescriptor.class, EndpointDetailsDescriptor.class,
				BanDescriptor.class, ConnectionDescriptor.class, FailureDescriptor.class,
				SocketsEndpointProperties.class))
			.allSatisfy((type) -> assertThat(RuntimeHintsPredicates.reflection().onType(type))
				.accepts(generated.getRuntimeHints()));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SocketsAutoConfiguration.class, MetricsAutoConfiguration.class,
			SimpleMetricsExportAutoConfiguration.class, SocketsMetricsAutoConfiguration.class,
			SocketsHealthContributorAutoConfiguration.class, EndpointAutoConfiguration.class,
			SocketsEndpointAutoConfiguration.class })
	static class ActuatorConfiguration {

		@EventListener
		void on(MessageReceivedEvent<String> event) {
			event.reply("echo " + event.getPayload());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SocketsAutoConfiguration.class)
	static class TypedConfiguration {

		@SocketListener("orders")
		CompletableFuture<Receipt> take(Order order, MessagePeer peer) {
			return CompletableFuture.completedFuture(null);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SocketsAutoConfiguration.class)
	static class ListenerConfiguration {

		@SocketListener("orders")
		String next(int number) {
			return String.valueOf(number + 1);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SocketsAutoConfiguration.class)
	@EnableSocketExchanges(clients = PeerClient.class)
	static class ExchangeConfiguration {

	}

	record Item(String name) {
	}

	record Order(Item item, int count) {
	}

	record Receipt(String text) {
	}

	record Box(int size) implements Serializable {
	}

	record Crate(Box box) implements Serializable {
	}

	record Parcel(int weight) {
	}

	@SocketExchange("peer")
	interface PeerClient {

		String ask(String question);

		default String askForTwo(String question) {
			return ask(question) + ask(question);
		}

	}

}
