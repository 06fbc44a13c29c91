package dev.sockets.autoconfigure;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

import dev.sockets.EventKind;
import dev.sockets.InboxOverflow;
import dev.sockets.InvalidSettingException;
import dev.sockets.MessagePeer;
import dev.sockets.RouteKey;
import dev.sockets.annotation.SocketListener;
import dev.sockets.event.GroupJoinedEvent;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.MulticastReceiverCustomizer;
import dev.sockets.multicast.MulticastReceiverSettings;
import dev.sockets.multicast.MulticastSender;
import dev.sockets.multicast.MulticastSenderCustomizer;
import dev.sockets.multicast.MulticastSenderSettings;
import dev.sockets.multicast.MulticastStartException;
import dev.sockets.multicast.QueueOverflow;
import dev.sockets.registry.SocketEndpoints;
import dev.sockets.tcp.Connection;
import dev.sockets.testkit.Patience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

/**
 * Multicast receivers and senders from the configuration.
 */
class MulticastAutoConfigurationTests {

	private static final Duration SOON = Patience.SOON;

	private final String group = "239.255." + ThreadLocalRandom.current().nextInt(1, 255) + "."
			+ ThreadLocalRandom.current().nextInt(1, 255);

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class));

	@Test
	void whenThereAreEntriesThenBeansSendAndReceive() {
		this.contextRunner.withBean(Messages.class).withInitializer(yaml("")).run((context) -> {
			MulticastReceiver news = context.getBean("news", MulticastReceiver.class);
			MulticastSender announcer = context.getBean("announcer", MulticastSender.class);
			announcer.send(new InetSocketAddress(this.group, news.getLocalAddress().getPort()), "hello");
			Messages messages = context.getBean(Messages.class);
			Awaitility.await().atMost(SOON).until(() -> messages.texts.contains("hello"));
			assertThat(context.getBean(SocketEndpoints.class).all()).containsExactlyInAnyOrder(news, announcer);
			context.close();
			assertThat(news.isRunning()).isFalse();
			assertThat(announcer.isRunning()).isFalse();
		});
	}

	@Test
	void whenListenerReturnsValueThenItIsTheUnicastReply() {
		this.contextRunner.withBean(Answers.class)
			.withInitializer(yaml("  receiver-defaults.codec: text\n"))
			.run((context) -> {
				MulticastReceiver news = context.getBean("news", MulticastReceiver.class);
				MulticastSender asker = context.getBean(SocketEndpoints.class)
					.registerSender(MulticastSenderSettings.builder("asker")
						.group(this.group)
						.port(news.getLocalAddress().getPort())
						.networkInterface("127.0.0.1")
						.build());
				assertThat(asker.<String>request("20", SOON)).isEqualTo("21 of " + this.group + " at news");
			});
	}

	@Test
	void whenListenerOfReceiverTakesConnectionThenItFails() {
		this.contextRunner.withBean(ConnectionListener.class)
			.withInitializer(yaml(""))
			.run((context) -> assertThat(context.getStartupFailure())
				.hasMessageContaining("there is no argument for its parameter")
				.hasMessageContaining("MessagePeer, MessageReceivedEvent, SocketEndpoint and, as 'news' is one, "
						+ "MulticastReceiver"));
	}

	@Test
	void whenReceiverIsRegisteredThenItLivesUntilItIsRemoved() {
		this.contextRunner.run((context) -> {
			SocketEndpoints endpoints = context.getBean(SocketEndpoints.class);
			MulticastReceiver late = endpoints.registerReceiver(MulticastReceiverSettings.builder("late")
				.port(0)
				.groups(List.of(this.group))
				.networkInterfaces(List.of("127.0.0.1"))
				.build());
			assertThat(late.isRunning()).isTrue();
			assertThat(endpoints.get("late")).contains(late);
			assertThat(endpoints.remove("late")).isTrue();
			assertThat(late.isRunning()).isFalse();
		});
	}

	@Test
	void whenThereAreCustomizersThenTheyChangeSettings() {
		this.contextRunner.withUserConfiguration(Customizers.class).withInitializer(yaml("")).run((context) -> {
			assertThat(context.getBean(MulticastReceiver.class).getUserData()).containsExactly(entry("name", "news"));
			assertThat(context.getBean(MulticastSender.class).getUserData())
				.containsExactly(entry("name", "announcer"));
		});
	}

	@Test
	void whenEventsAndInboxAreSetThenTheyHold() {
		this.contextRunner.withBean(Messages.class)
			.withInitializer(yaml("  receiver-defaults: {events: received, inbox.capacity: 5}\n"))
			.run((context) -> {
				MulticastReceiver news = context.getBean(MulticastReceiver.class);
				context.getBean(MulticastSender.class)
					.send(new InetSocketAddress(this.group, news.getLocalAddress().getPort()), "hello");
				assertThat(news.inbox().poll(SOON)).isInstanceOf(MessageReceivedEvent.class);
				assertThat(context.getBean(Messages.class).joined).isEmpty();
			});
	}

	@Test
	void whenReceiverSetsEveryKeyThenSettingsHaveEveryValue() {
		MulticastReceiverSettings receiver = Yaml.of("""
				sockets.multicast.receiver.news:
				  port: 4000
				  groups: 239.1.2.3, ff15::7
				  network-interfaces: lo, 192.0.2.2
				  sources: 192.0.2.7, fd00::7
				  codec: bytes
				  max-datagram-size: 1KB
				  queue-capacity: 7
				  queue-overflow: drop-newest
				  receive-buffer: 2MB
				  route-by: byte:3
				  inbox: {capacity: 5, overflow: block}
				  events: received, group-joined
				  user-data.room: 7
				  auto-startup: false
				  health.required: false
				  wire-log: true
				  log-errors: false
				""").receiver();
		assertThat(receiver)
			.extracting(MulticastReceiverSettings::name, MulticastReceiverSettings::port,
					MulticastReceiverSettings::groups, MulticastReceiverSettings::networkInterfaces,
					MulticastReceiverSettings::sources)
			.containsExactly("news", 4000, List.of("239.1.2.3", "ff15::7"), List.of("lo", "192.0.2.2"),
					List.of("192.0.2.7", "fd00::7"));
		assertThat(receiver)
			.extracting(MulticastReceiverSettings::maxDatagramSize, MulticastReceiverSettings::queueCapacity,
					MulticastReceiverSettings::queueOverflow, MulticastReceiverSettings::receiveBuffer)
			.containsExactly(1024, 7, QueueOverflow.DROP_NEWEST, 2 * 1024 * 1024);
		assertThat(receiver.datagrams().inboxCapacity()).isEqualTo(5);
		assertThat(receiver.datagrams().inboxOverflow()).isEqualTo(InboxOverflow.BLOCK);
		assertThat(receiver.datagrams().events()).containsExactly(EventKind.RECEIVED, EventKind.GROUP_JOINED);
		assertThat(receiver.datagrams().userData()).containsExactly(entry("room", 7));
		assertThat(receiver.datagrams().autoStartup()).isFalse();
		assertThat(receiver.datagrams().healthRequired()).isFalse();
		assertThat(receiver.datagrams().wireLog()).isTrue();
		assertThat(receiver.datagrams().logErrors()).isFalse();
		assertThat(receiver.datagrams().routeBy()).isEqualTo(RouteKey.byteAt(3));
	}

	@Test
	void whenSenderSetsEveryKeyThenSettingsHaveEveryValue() {
		MulticastSenderSettings sender = Yaml.of("""
				sockets.multicast:
				  sender-defaults.time-to-live: 3
				  sender.announcer:
				    group: 239.1.2.3
				    port: 4000
				    network-interface: lo
				    loopback: false
				    request-timeout: 2s
				    max-pending-requests: 4
				    charset: ISO-8859-1
				""").sender();
		assertThat(sender)
			.extracting(MulticastSenderSettings::group, MulticastSenderSettings::port,
					MulticastSenderSettings::networkInterface, MulticastSenderSettings::timeToLive,
					MulticastSenderSettings::loopback, MulticastSenderSettings::requestTimeout,
					MulticastSenderSettings::maxPendingRequests)
			.containsExactly("239.1.2.3", 4000, "lo", 3, false, Duration.ofSeconds(2), 4);
	}

	@Test
	void whenOnlyPortIsSetThenDefaultsAreThoseOfTheBuilder() {
		assertThat(Yaml.of("sockets.multicast.receiver.news.port: 0").receiver()).usingRecursiveComparison()
			.isEqualTo(MulticastReceiverSettings.builder("news").port(0).build());
		assertThat(Yaml.of("sockets.multicast.sender.news.loopback: true").sender()).usingRecursiveComparison()
			.isEqualTo(MulticastSenderSettings.builder("news").build());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					groups: 10.0.0.1          | 'groups' is '10.0.0.1' but must be a multicast address: 224.0.0.0 to 239.255.255.255, or one that starts with ff
					groups: 239.1.1.1, 239.1.1.1 | 'groups' is '239.1.1.1' but must be given once
					network-interfaces: all, lo | 'network-interfaces' is 'all,lo' but must be 'all' alone, or names or addresses of network interfaces
					sources: example.org      | 'sources' is 'example.org' but must be an address of a sender, such as 192.0.2.7
					port: 65536               | 'port' is '65536' but must be a port from 0 (any free one) to 65535
					max-datagram-size: 65KB   | 'max-datagram-size' is '66560' but must be from 1B to 64KB
					queue-capacity: 0         | 'queue-capacity' is '0' but must be at least 1
					inbox.overflow: block     | 'inbox.overflow' is 'block' but must be left out: there is no inbox without inbox.capacity
					payload-type: a.B         | 'payload-type' is 'a.B' but must be left out: the codec 'text' does not use it
					""")
	void whenValueOfReceiverCannotWorkThenMessageNamesPathAndValueAndWhatIsAllowed(String line, String message) {
		String prefix = "sockets.multicast.receiver.news.";
		String port = line.startsWith("port") ? "" : prefix + "port: 1\n";
		Yaml yaml = Yaml.of(port + prefix + line);
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml::receiver)
			.withMessage("'" + prefix + message.substring(1));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					{group: 10.0.0.1, port: 1}  | 'group' is '10.0.0.1' but must be a multicast address: 224.0.0.0 to 239.255.255.255, or one that starts with ff
					{group: 239.1.1.1}          | 'port' is not set but must be a port from 1 to 65535, as there is a group
					{time-to-live: 256}         | 'time-to-live' is '256' but must be from 0 (this machine) and 1 (this network) to 255
					{max-pending-requests: 0}   | 'max-pending-requests' is '0' but must be at least 1
					{request-timeout: 0s}       | 'request-timeout' is 'PT0S' but must be a positive duration
					""")
	void whenValueOfSenderCannotWorkThenMessageNamesPathAndValueAndWhatIsAllowed(String values, String message) {
		Yaml yaml = Yaml.of("sockets.multicast.sender.announcer: " + values);
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml::sender)
			.withMessage("'sockets.multicast.sender.announcer." + message.substring(1));
	}

	@Test
	void whenPortIsInUseThenAnalysisNamesThePropertyAndHowToFindTheProgram() throws IOException {
		try (DatagramSocket taken = new DatagramSocket(null)) {
			taken.setReuseAddress(false);
			taken.bind(new InetSocketAddress("0.0.0.0", 0));
			FailureAnalysis analysis = analysis("{port: %d, groups: %s}".formatted(taken.getLocalPort(), this.group));
			assertThat(analysis.getDescription()).isEqualTo("The multicast receiver 'news' could not start: UDP port "
					+ taken.getLocalPort()
					+ " is in use by a socket without reuse-address. 'sockets.multicast.receiver.news.port' is set in "
					+ "Byte array resource [application.yml] - 1:41.");
			assertThat(analysis.getAction()).startsWith("Set 'sockets.multicast.receiver.news.port' to another port")
				.contains("ss -lunp 'sport = :" + taken.getLocalPort() + "'");
		}
	}

	@Test
	void whenInterfaceDoesNotExistThenAnalysisNamesThePropertyAndThoseThatDo() {
		FailureAnalysis analysis = analysis("{port: 0, groups: %s, network-interfaces: eth77}".formatted(this.group));
		assertThat(analysis.getDescription())
			.startsWith("The multicast receiver 'news' could not start: "
					+ "there is no network interface 'eth77'; there are: ")
			.contains("127.0.0.1");
		assertThat(analysis.getAction()).isEqualTo("Set 'sockets.multicast.receiver.news.network-interfaces' to "
				+ "the name or an address of an interface that is up.");
	}

	@Test
	void whenKeyIsMisspelledThenItFails() {
		this.contextRunner.withPropertyValues("sockets.multicast.receiver.news.grups=239.1.1.1")
			.run((context) -> assertThat(context.getStartupFailure())
				.hasStackTraceContaining("The elements [sockets.multicast.receiver.news.grups] were left unbound"));
	}

	@Test
	void whenReceiverAndServerHaveOneNameThenItFails() {
		this.contextRunner
			.withPropertyValues("sockets.multicast.receiver.news.port=0", "sockets.tcp.server.news.port=0")
			.run((context) -> assertThat(context.getStartupFailure())
				.hasMessage("'sockets.tcp.server.news' and 'sockets.multicast.receiver.news' have the same name"));
	}

	private FailureAnalysis analysis(String receiver) {
		FailureAnalysis[] analysis = new FailureAnalysis[1];
		Yaml yaml = Yaml.of("sockets.multicast.receiver.news: " + receiver);
		this.contextRunner.withInitializer(yaml).run((context) -> {
			Throwable startupFailure = context.getStartupFailure();
			analysis[0] = SpringFactoriesLoader.forDefaultResourceLocation()
				.load(FailureAnalyzer.class, ArgumentResolver.of(Environment.class, yaml.environment()),
						FailureHandler.handleMessage((message, failure) -> {
							// one that cannot be made without a bean factory or an absent
							// library
						}))
				.stream()
				.map((analyzer) -> analyzer.analyze(startupFailure))
				.filter(Objects::nonNull)
				.findFirst()
				.orElseThrow();
		});
		return analysis[0];
	}

	private Yaml yaml(String more) {
		return Yaml.of("""
				sockets.multicast:
				%s  receiver.news:
				    port: 0
				    groups: %s
				    network-interfaces: 127.0.0.1
				  sender.announcer.network-interface: 127.0.0.1
				""".formatted(more, this.group));
	}

	static class Messages {

		private final List<String> texts = new CopyOnWriteArrayList<>();

		private final List<GroupJoinedEvent> joined = new CopyOnWriteArrayList<>();

		@EventListener
		void on(MessageReceivedEvent<String> event) {
			this.texts.add(event.getPayload());
		}

		@EventListener
		void on(GroupJoinedEvent event) {
			this.joined.add(event);
		}

	}

	static class Answers {

		@SocketListener("news")
		String on(int number, MessagePeer peer, MulticastReceiver receiver, MessageReceivedEvent<String> event) {
			return (number + 1) + " of " + peer.getGroup().getHostString() + " at " + receiver.getName();
		}

	}

	static class ConnectionListener {

		@SocketListener("news")
		void on(String text, Connection connection) {
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
