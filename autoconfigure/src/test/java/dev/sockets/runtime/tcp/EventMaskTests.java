package dev.sockets.runtime.tcp;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.management.ObjectName;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.support.GenericApplicationContext;

import dev.sockets.EventKind;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.EndpointStartedEvent;
import dev.sockets.event.EndpointStoppedEvent;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.event.MessageSentEvent;
import dev.sockets.event.SendFailedEvent;
import dev.sockets.event.SocketEvent;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Only the chosen kinds of events are published; the others are not even made.
 */
@Timeout(60)
class EventMaskTests {

	private final List<SocketEvent> published = Collections.synchronizedList(new ArrayList<>());

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints(1, null, new GenericApplicationContext() {

		@Override
		public void publishEvent(ApplicationEvent event) {
			if (event instanceof SocketEvent about) {
				EventMaskTests.this.published.add(about);
			}
			super.publishEvent(event);
		}

	});

	@Test
	void whenNoKindIsChosenThenNothingIsPublishedNorMade() throws Exception {
		Map<String, Integer> before = events();
		exchange(EnumSet.noneOf(EventKind.class));
		assertThat(this.published).isEmpty();
		assertThat(madeSince(before)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "STARTED", "STOPPED", "CONNECTED", "DISCONNECTED", "RECEIVED" })
	void whenOneKindIsChosenThenOnlyThatIsPublished(EventKind kind) throws Exception {
		exchange(EnumSet.of(kind));
		Class<?> type = switch (kind) {
			case STARTED -> EndpointStartedEvent.class;
			case STOPPED -> EndpointStoppedEvent.class;
			case CONNECTED -> ConnectedEvent.class;
			case DISCONNECTED -> DisconnectedEvent.class;
			case RECEIVED -> MessageReceivedEvent.class;
			default -> throw new IllegalArgumentException(kind.name());
		};
		assertThat(this.published).isNotEmpty().hasOnlyElementsOfType(type);
	}

	@Test
	void whenMessagesHaveNoListenerThenTheirEventsAreNotMade() throws Exception {
		try (TestEndpoints deaf = new TestEndpoints(1, null, new GenericApplicationContext())) {
			Map<String, Integer> before = events();
			TcpServer server = deaf.server();
			try (Peer peer = new Peer(server)) {
				for (int i = 0; i < 100; i++) {
					peer.send("message");
				}
				Awaitility.await().until(() -> server.status().messagesReceived() == 100);
				server.broadcast("reply");
				assertThat(peer.readLine()).isEqualTo("reply");
			}
			assertThat(madeSince(before)).doesNotContain(MessageSentEvent.class.getName(),
					SendFailedEvent.class.getName());
		}
	}

	private void exchange(Set<EventKind> kinds) {
		TcpServer server = this.endpoints.server((connection) -> connection.events(kinds));
		server.addHandler((connection, payload) -> payload);
		try (Peer peer = new Peer(server)) {
			for (int i = 0; i < 100; i++) {
				assertThat(peer.ask("message")).isEqualTo("message");
			}
			assertThat(this.endpoints.onlyConnection(server).sendAsync("x".repeat(70_000))).isCompletedExceptionally();
		}
		Awaitility.await().until(() -> server.getConnections().isEmpty());
		server.stop();
	}

	/** Returns the event classes of which there are more instances than before. */
	private static List<String> madeSince(Map<String, Integer> before) throws Exception {
		return events("-all").entrySet()
			.stream()
			.filter((entry) -> entry.getValue() > before.getOrDefault(entry.getKey(), 0))
			.map(Map.Entry::getKey)
			.toList();
	}

	/** Counts the events in the heap: garbage is collected before, or counted too. */
	private static Map<String, Integer> events(String... options) throws Exception {
		Map<String, Integer> counts = new HashMap<>();
		histogram(options).lines().map((line) -> line.trim().split("\\s+")).forEach((columns) -> {
			if (columns.length >= 4 && columns[3].matches("dev\\.sockets\\.event\\.\\w+Event")) {
				counts.put(columns[3], Integer.parseInt(columns[1]));
			}
		});
		return counts;
	}

	private static String histogram(String... options) throws Exception {
		return (String) ManagementFactory.getPlatformMBeanServer()
			.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
					new Object[] { options }, new String[] { String[].class.getName() });
	}

}
