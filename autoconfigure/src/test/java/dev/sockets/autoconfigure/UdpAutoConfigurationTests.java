package dev.sockets.autoconfigure;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import dev.sockets.EndpointKind;
import dev.sockets.EndpointState;
import dev.sockets.InvalidSettingException;
import dev.sockets.MessagePeer;
import dev.sockets.RouteKey;
import dev.sockets.annotation.SocketListener;
import dev.sockets.annotation.SocketMapping;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.MulticastReceiverCustomizer;
import dev.sockets.multicast.MulticastReceiverSettings;
import dev.sockets.multicast.MulticastSenderCustomizer;
import dev.sockets.multicast.MulticastSenderSettings;
import dev.sockets.multicast.QueueOverflow;
import dev.sockets.registry.SocketEndpoints;
import dev.sockets.testkit.Patience;
import dev.sockets.udp.UdpReceiver;
import dev.sockets.udp.UdpSender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

/**
 * UDP receivers and senders from the configuration.
 */
class UdpAutoConfigurationTests {

	private static final Duration SOON = Patience.SOON;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
		.withPropertyValues("sockets.udp.receiver.scale.port=0", "sockets.udp.receiver.scale.host=127.0.0.1",
				"sockets.udp.sender.lamp.broadcast=true");

	@Test
	void whenThereAreEntriesThenBeansSendAndReceive() {
		this.contextRunner.withBean(Messages.class).run((context) -> {
			UdpReceiver scale = context.getBean("scale", UdpReceiver.class);
			UdpSender lamp = context.getBean("lamp", UdpSender.class);
			lamp.send(scale.getLocalAddress(), "hello");
			Messages messages = context.getBean(Messages.class);
			Awaitility.await().atMost(SOON).until(() -> messages.texts.contains("hello"));
			assertThat(context.getBean(SocketEndpoints.class).all()).containsExactlyInAnyOrder(scale, lamp);
			assertThat(context.getBeansOfType(MulticastReceiver.class)).isEmpty();
			context.close();
			assertThat(scale.isRunning()).isFalse();
			assertThat(lamp.isRunning()).isFalse();
		});
	}

	@Test
	void whenAListenerReturnsAValueThenItIsTheReply() {
		this.contextRunner.withBean(Answers.class)
			.withPropertyValues("sockets.udp.receiver.scale.route-by=first-word")
			.run((context) -> {
				UdpReceiver scale = context.getBean(UdpReceiver.class);
				UdpSender asker = context.getBean(SocketEndpoints.class)
					.registerUdpSender(MulticastSenderSettings.udp("asker")
						.host("127.0.0.1")
						.port(scale.getLocalAddress().getPort())
						.build());
				assertThat(asker.<String>request("20", SOON)).isEqualTo("21 at scale");
				assertThat(asker.<String>request("TARE now", SOON)).isEqualTo("tared");
				assertThat(context.getBean(SocketEndpoints.class).remove("asker")).isTrue();
				assertThat(asker.isRunning()).isFalse();
			});
	}

	@Test
	void whenAReceiverIsRegisteredThenItLivesUntilItIsRemoved() {
		this.contextRunner.run((context) -> {
			SocketEndpoints endpoints = context.getBean(SocketEndpoints.class);
			UdpReceiver late = endpoints.registerUdpReceiver(MulticastReceiverSettings.udp("late").port(0).build());
			assertThat(late.isRunning()).isTrue();
			assertThat(endpoints.get("late")).contains(late);
			assertThat(endpoints.remove("late")).isTrue();
			assertThat(late.status().state()).isEqualTo(EndpointState.STOPPED);
		});
	}

	@Test
	void whenThereAreCustomizersThenTheyChangeSettings() {
		this.contextRunner.withUserConfiguration(Customizers.class).run((context) -> {
			assertThat(context.getBean(UdpReceiver.class).getUserData()).containsExactly(entry("name", "scale"));
			assertThat(context.getBean(UdpSender.class).getUserData()).containsExactly(entry("name", "lamp"));
		});
	}

	@Test
	void whenThereAreMetersThenTheyTellTheKind() {
		this.contextRunner
			.withConfiguration(
					AutoConfigurations.of(MetricsAutoConfiguration.class, SocketsMetricsAutoConfiguration.class))
			.withBean(SimpleMeterRegistry.class)
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				assertThat(registry.get("sockets.datagrams.dropped").tag("kind", "UDP_RECEIVER").functionCounters())
					.isNotEmpty();
				assertThat(registry.get("sockets.messages.sent")
					.tags("kind", "UDP_SENDER", "name", "lamp")
					.functionCounter()).isNotNull();
			});
	}

	@Test
	void whenAReceiverSetsEveryKeyThenSettingsHaveEveryValue() {
		MulticastReceiverSettings receiver = Yaml.of("""
				sockets.udp:
				  receiver-defaults.queue-capacity: 7
				  receiver.scale:
				    host: 192.0.2.2
				    port: 4000
				    sources: 192.0.2.7, fd00::7
				    codec: bytes
				    route-by: byte:3
				    mdc: true
				    max-datagram-size: 1KB
				    queue-overflow: drop-newest
				    receive-buffer: 2MB
				    inbox.capacity: 5
				    events: received
				    user-data.room: 7
				    auto-startup: false
				    health.required: false
				    wire-log: true
				    log-errors: false
				""").udpReceiver();
		assertThat(receiver).extracting(MulticastReceiverSettings::kind, MulticastReceiverSettings::name,
				MulticastReceiverSettings::host, MulticastReceiverSettings::port, MulticastReceiverSettings::sources)
			.containsExactly(EndpointKind.UDP_RECEIVER, "scale", "192.0.2.2", 4000, List.of("192.0.2.7", "fd00::7"));
		assertThat(receiver)
			.extracting(MulticastReceiverSettings::maxDatagramSize, MulticastReceiverSettings::queueCapacity,
					MulticastReceiverSettings::queueOverflow, MulticastReceiverSettings::receiveBuffer)
			.containsExactly(1024, 7, QueueOverflow.DROP_NEWEST, 2 * 1024 * 1024);
		assertThat(receiver.datagrams().path()).isEqualTo("sockets.udp.receiver.scale");
		assertThat(receiver.datagrams().routeBy()).isEqualTo(RouteKey.byteAt(3));
		assertThat(receiver.datagrams().inboxCapacity()).isEqualTo(5);
		assertThat(receiver.datagrams().autoStartup()).isFalse();
		assertThat(receiver.datagrams().healthRequired()).isFalse();
		assertThat(receiver.datagrams().wireLog()).isTrue();
		assertThat(receiver.datagrams().logErrors()).isFalse();
		assertThat(receiver.datagrams().mdc()).isTrue();
	}

	@Test
	void whenASenderSetsEveryKeyThenSettingsHaveEveryValue() {
		MulticastSenderSettings sender = Yaml.of("""
				sockets.udp:
				  sender-defaults.broadcast: true
				  sender.lamp:
				    host: 192.0.2.255
				    port: 4000
				    local-address: 192.0.2.2
				    request-timeout: 2s
				    max-pending-requests: 4
				    charset: ISO-8859-1
				""").udpSender();
		assertThat(sender)
			.extracting(MulticastSenderSettings::kind, MulticastSenderSettings::host, MulticastSenderSettings::port,
					MulticastSenderSettings::broadcast, MulticastSenderSettings::localAddress,
					MulticastSenderSettings::requestTimeout, MulticastSenderSettings::maxPendingRequests)
			.containsExactly(EndpointKind.UDP_SENDER, "192.0.2.255", 4000, true, "192.0.2.2", Duration.ofSeconds(2), 4);
	}

	@Test
	void whenOnlyPortIsSetThenDefaultsAreThoseOfTheBuilder() {
		assertThat(Yaml.of("sockets.udp.receiver.scale.port: 0").udpReceiver()).usingRecursiveComparison()
			.isEqualTo(MulticastReceiverSettings.udp("scale").port(0).build());
		assertThat(Yaml.of("sockets.udp.sender.lamp.broadcast: false").udpSender()).usingRecursiveComparison()
			.isEqualTo(MulticastSenderSettings.udp("lamp").build());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					{host: 192.0.2.7}           | 'port' is not set but must be a port from 1 to 65535, as there is a host
					{port: 4000}                | 'host' is not set but must be an address or a host name, as there is a port
					{host: '', port: 4000}      | 'host' is '' but must be an address or a host name, or left out
					{host: 239.1.1.1, port: 1}  | 'host' is '239.1.1.1' but must be an address or a host name: a sender below sockets.multicast.sender sends to groups
					{host: 255.255.255.255, port: 1} | 'broadcast' is 'false' but must be true, as the host is a broadcast address
					{local-address: eth0}       | 'local-address' is 'eth0' but must be an address of this machine, such as 192.0.2.7
					{max-pending-requests: 0}   | 'max-pending-requests' is '0' but must be at least 1
					""")
	void whenAValueOfASenderCannotWorkThenMessageNamesPathAndValueAndWhatIsAllowed(String values, String message) {
		Yaml yaml = Yaml.of("sockets.udp.sender.lamp: " + values);
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml::udpSender)
			.withMessage("'sockets.udp.sender.lamp." + message.substring(1));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					{port: 65536}               | 'port' is '65536' but must be a port from 0 (any free one) to 65535
					{host: '', port: 0}         | 'host' is '' but must be an address or a host name, or left out
					{port: 0, route-by: byte:0} | 'route-by' is 'byte:0' but must be another one: it looks into bytes, and the codec is 'text'
					""")
	void whenAValueOfAReceiverCannotWorkThenMessageNamesPathAndValueAndWhatIsAllowed(String values, String message) {
		Yaml yaml = Yaml.of("sockets.udp.receiver.scale: " + values);
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml::udpReceiver)
			.withMessage("'sockets.udp.receiver.scale." + message.substring(1));
	}

	@Test
	void whenAKeyIsOnlyOfMulticastThenItFails() {
		this.contextRunner.withPropertyValues("sockets.udp.receiver.scale.groups=239.1.1.1")
			.run((context) -> assertThat(context.getStartupFailure())
				.hasStackTraceContaining("The elements [sockets.udp.receiver.scale.groups] were left unbound"));
	}

	@Test
	void whenAPortIsInUseThenTheStartNamesTheProperty() throws Exception {
		try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0))) {
			this.contextRunner.withPropertyValues("sockets.udp.receiver.scale.port=" + taken.getLocalPort())
				.run((context) -> assertThat(context.getStartupFailure()).hasStackTraceContaining(
						"UDP port " + taken.getLocalPort() + " is in use; set 'sockets.udp.receiver.scale.port' to "));
		}
	}

	static class Messages {

		private final List<String> texts = new CopyOnWriteArrayList<>();

		@EventListener
		void on(MessageReceivedEvent<String> event) {
			this.texts.add(event.getPayload());
		}

	}

	static class Answers {

		@SocketListener("scale")
		String on(int number, MessagePeer peer, UdpReceiver receiver) {
			assertThat(peer.getGroup()).isNull();
			return (number + 1) + " at " + receiver.getName();
		}

		@SocketMapping(endpoint = "scale", value = "TARE")
		String tare(UdpReceiver receiver) {
			return "tared";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		@Bean
		MulticastReceiverCustomizer receivers() {
			return (name, settings) -> settings.datagrams((common) -> common.userData(Map.of("name", name)));
		}

		@Bean
		MulticastSenderCustomizer senders() {
			return (name, settings) -> settings.datagrams((common) -> common.userData(Map.of("name", name)));
		}

	}

}
