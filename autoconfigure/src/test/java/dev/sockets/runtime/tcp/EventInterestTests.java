package dev.sockets.runtime.tcp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.context.support.GenericApplicationContext;

import dev.sockets.codec.Codec;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.event.MessageSentEvent;
import dev.sockets.event.SendFailedEvent;
import dev.sockets.runtime.tcp.server.DefaultTcpServer;
import dev.sockets.tcp.MessageObserver;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.testkit.TestedEngine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Events nobody listens to are not made; who begins to listen gets the next one.
 */
@Timeout(60)
class EventInterestTests {

	private final CountingContext context = new CountingContext();

	private final ExecutorService threads = TestEndpoints.handlerThreads();

	private TcpServer server;

	@AfterEach
	void stop() {
		this.server.stop();
		this.context.close();
		this.threads.shutdown();
	}

	@Test
	void whenOnlyReceivedMessagesAreListenedToThenNoOtherMessageEventsAreMade() {
		this.context.register(Replying.class);
		start();
		try (Peer peer = new Peer(this.server)) {
			for (int i = 0; i < 10; i++) {
				assertThat(peer.ask("ping " + i)).isEqualTo("ping " + i);
			}
		}
		assertThat(this.context.count(MessageReceivedEvent.class)).isEqualTo(10);
		assertThat(this.context.count(MessageSentEvent.class)).isZero();
		assertThat(this.context.count(SendFailedEvent.class)).isZero();
	}

	@Test
	void whenNobodyListensThenNoMessageEventsAreMade() {
		this.context.register(UnrelatedListener.class);
		start();
		this.server.addHandler((connection, payload) -> payload);
		try (Peer peer = new Peer(this.server)) {
			for (int i = 0; i < 10; i++) {
				assertThat(peer.ask("ping " + i)).isEqualTo("ping " + i);
			}
		}
		assertThat(this.context.count(MessageReceivedEvent.class)).isZero();
		assertThat(this.context.count(MessageSentEvent.class)).isZero();
	}

	@Test
	void whenListenerIsAddedLaterThenItGetsTheNextEvent() {
		this.context.register(Replying.class);
		start();
		Queue<Object> sent = new ConcurrentLinkedQueue<>();
		Queue<Object> received = new ConcurrentLinkedQueue<>();
		try (Peer peer = new Peer(this.server)) {
			peer.ask("1");
			this.context.addApplicationListener(new ApplicationListener<MessageReceivedEvent<?>>() {
				@Override
				public void onApplicationEvent(MessageReceivedEvent<?> event) {
					received.add(event.getPayload());
				}
			});
			peer.ask("2");
			this.context.addApplicationListener(new ApplicationListener<MessageSentEvent<?>>() {
				@Override
				public void onApplicationEvent(MessageSentEvent<?> event) {
					sent.add(event.getPayload());
				}
			});
			peer.ask("3");
			peer.ask("4");
		}
		Awaitility.await().untilAsserted(() -> assertThat(received).containsExactly("2", "3", "4"));
		Awaitility.await().untilAsserted(() -> assertThat(sent).startsWith("3"));
	}

	@Test
	void whenListenerNamesPayloadTypeThenItGetsOnlyThose() {
		this.context.register(TypedListeners.class);
		start(true);
		try (Peer peer = new Peer(this.server)) {
			peer.send("text", "1", "more", "2");
			assertThat(peer.readLine()).isEqualTo("all of text");
			assertThat(peer.readLine()).isEqualTo("all of 1");
			assertThat(peer.readLine()).isEqualTo("all of more");
			assertThat(peer.readLine()).isEqualTo("all of 2");
		}
		TypedListeners listeners = this.context.getBean(TypedListeners.class);
		Awaitility.await().untilAsserted(() -> {
			assertThat(listeners.strings).containsExactly("text", "more");
			assertThat(listeners.numbers).containsExactly(1, 2);
		});
	}

	@Test
	void whenParentContextListensThenItGetsTheEvents() {
		Queue<Object> received = new ConcurrentLinkedQueue<>();
		try (GenericApplicationContext parent = new GenericApplicationContext()) {
			parent.addApplicationListener(new ApplicationListener<MessageReceivedEvent<?>>() {
				@Override
				public void onApplicationEvent(MessageReceivedEvent<?> event) {
					received.add(event.getPayload());
					event.reply("ok");
				}
			});
			parent.refresh();
			this.context.setParent(parent);
			start();
			try (Peer peer = new Peer(this.server)) {
				assertThat(peer.ask("1")).isEqualTo("ok");
			}
		}
		assertThat(received).containsExactly("1");
	}

	private void start() {
		start(false);
	}

	private void start(boolean numbers) {
		this.context.refresh();
		this.server = new DefaultTcpServer(
				TcpServerSettings.builder("server")
					.host("127.0.0.1")
					.port(0)
					.connection((connection) -> connection.codec(new NumberCodec(numbers)))
					.build(),
				new EndpointRuntime(TestedEngine.loops(1), (endpoint) -> this.threads, this.context,
						MessageObserver.NONE));
		this.server.start();
	}

	static class Replying {

		@EventListener
		void received(MessageReceivedEvent<String> event) {
			event.reply(event.getPayload());
		}

	}

	static class UnrelatedListener {

		@EventListener
		void refreshed(ContextRefreshedEvent event) {
			assertThat(event).isNotNull();
		}

	}

	static class TypedListeners {

		final Queue<String> strings = new ConcurrentLinkedQueue<>();

		final Queue<Integer> numbers = new ConcurrentLinkedQueue<>();

		@EventListener
		void text(MessageReceivedEvent<String> event) {
			this.strings.add(event.getPayload());
		}

		@EventListener
		void number(MessageReceivedEvent<Integer> event) {
			this.numbers.add(event.getPayload());
		}

		@EventListener
		void anything(MessageReceivedEvent<?> event) {
			event.reply("all of " + event.getPayload());
		}

	}

	/** Digits are numbers, everything else is text. */
	private record NumberCodec(boolean numbers) implements Codec {

		@Override
		public Object decode(byte[] buffer, int offset, int length) {
			String text = new String(buffer, offset, length, StandardCharsets.US_ASCII);
			return this.numbers && Character.isDigit(text.charAt(0)) ? (Object) Integer.valueOf(text) : text;
		}

		@Override
		public byte[] encode(Object payload) {
			return payload.toString().getBytes(StandardCharsets.US_ASCII);
		}

	}

	private static final class CountingContext extends AnnotationConfigApplicationContext {

		private final List<Object> published = new CopyOnWriteArrayList<>();

		@Override
		public void publishEvent(ApplicationEvent event) {
			this.published.add(event);
			super.publishEvent(event);
		}

		@Override
		public void publishEvent(Object event) {
			this.published.add(event);
			super.publishEvent(event);
		}

		long count(Class<?> type) {
			return this.published.stream().filter(type::isInstance).count();
		}

	}

}
