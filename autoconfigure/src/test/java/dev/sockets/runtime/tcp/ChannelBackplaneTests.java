package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.broker.BrokerService;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.integration.channel.PublishSubscribeChannel;
import org.springframework.integration.jms.channel.SubscribableJmsChannel;
import org.springframework.integration.jms.config.JmsChannelFactoryBean;
import org.springframework.jms.connection.CachingConnectionFactory;
import org.springframework.jms.support.converter.MessagingMessageConverter;

import dev.sockets.backplane.BackplaneEngine;
import dev.sockets.backplane.channel.ChannelEngine;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.Ports;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nodes that form one server by a message channel of Spring: one of this JVM, and one of
 * a broker that is not Redis.
 */
@Timeout(120)
class ChannelBackplaneTests {

	private static final int NUMBERED = 1000;

	@Test
	void whenNodesShareAChannelThenTheyFormOneServer() {
		PublishSubscribeChannel channel = new PublishSubscribeChannel();
		try (TestNodes nodes = nodes(() -> new ChannelEngine("events", channel))) {
			nodes.serve((settings) -> {
			});
			formsOneServer(nodes);
		}
		assertThat(channel.getSubscriberCount()).isZero();
	}

	@Test
	void whenTheChannelIsATopicOfABrokerThenNodesFormOneServerAlsoAfterItsRestart() throws Exception {
		BrokerService broker = broker("tcp://127.0.0.1:" + Ports.free());
		String url = broker.getTransportConnectors().get(0).getPublishableConnectString();
		List<AutoCloseable> channels = new ArrayList<>();
		try (TestNodes nodes = nodes(() -> topic(url, channels))) {
			nodes.serve((settings) -> {
			});
			formsOneServer(nodes);
			stop(broker);
			Awaitility.await().until(() -> !nodes.server(0).presence().isCurrent());
			assertThat(nodes.server(1).presence().size()).isEqualTo(3);
			assertThat(nodes.server(0).broadcast("alone")).isOne();
			broker = broker(url);
			nodes.awaitEachOther();
			assertThat(nodes.server(2).presence().size()).isEqualTo(3);
			nodes.server(1).broadcast("end");
			List<List<String>> lines = nodes.linesUntilEnd();
			assertThat(lines.get(0)).containsExactly("alone");
			assertThat(lines).as("what has waited less than max-wait comes late")
				.allMatch((line) -> line.isEmpty() || line.equals(List.of("alone")));
		}
		finally {
			for (AutoCloseable channel : channels) {
				channel.close();
			}
			stop(broker);
		}
	}

	private static TestNodes nodes(Supplier<BackplaneEngine> engines) {
		return new TestNodes(3, TestNodes::talkative, (id) -> engines.get());
	}

	private static void formsOneServer(TestNodes nodes) {
		List<Connection> connections = nodes.connect(3);
		nodes.awaitPresence(3);
		nodes.join("hall", connections.get(1));
		TcpServer here = nodes.server(0);
		IntStream.range(0, NUMBERED).forEach((number) -> here.broadcast("line " + number));
		here.group("hall").send("to the hall");
		CompletableFuture<Void> sent = here.sendAsync(connections.get(2).getId(), "to the third");
		assertThat(sent).succeedsWithin(Duration.ofSeconds(30));
		here.broadcast("end");
		List<String> all = IntStream.range(0, NUMBERED).mapToObj((number) -> "line " + number).toList();
		List<List<String>> lines = nodes.linesUntilEnd();
		assertThat(lines.get(0)).isEqualTo(all);
		assertThat(lines.get(1)).containsAll(all).hasSize(NUMBERED + 1).endsWith("to the hall");
		assertThat(lines.get(2)).containsAll(all).hasSize(NUMBERED + 1).contains("to the third");
	}

	private static BrokerService broker(String url) throws Exception {
		BrokerService broker = new BrokerService();
		broker.setPersistent(false);
		broker.setUseJmx(false);
		broker.setUseShutdownHook(false);
		broker.addConnector(url);
		broker.start();
		broker.waitUntilStarted();
		return broker;
	}

	private static void stop(BrokerService broker) throws Exception {
		broker.stop();
		broker.waitUntilStopped();
	}

	private static BackplaneEngine topic(String url, List<AutoCloseable> channels) {
		CachingConnectionFactory connections = new CachingConnectionFactory(new ActiveMQConnectionFactory(url));
		JmsChannelFactoryBean factory = new JmsChannelFactoryBean(true);
		factory.setPubSubDomain(true);
		factory.setConnectionFactory(connections);
		factory.setDestinationName("sockets");
		factory.setMessageConverter(new MessagingMessageConverter());
		factory.setRecoveryInterval(200);
		factory.setBeanName("events");
		factory.setBeanFactory(new DefaultListableBeanFactory());
		try {
			factory.afterPropertiesSet();
			SubscribableJmsChannel channel = (SubscribableJmsChannel) factory.getObject();
			channel.start();
			channels.add(() -> {
				channel.stop();
				channel.destroy();
				connections.destroy();
			});
			return new ChannelEngine("events", channel);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
