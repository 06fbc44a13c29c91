package dev.sockets.backplane.channel;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.integration.channel.PublishSubscribeChannel;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageDeliveryException;
import org.springframework.messaging.SubscribableChannel;
import org.springframework.messaging.support.AbstractSubscribableChannel;
import org.springframework.messaging.support.MessageBuilder;

import dev.sockets.backplane.BackplaneEngine;
import dev.sockets.backplane.Outgoing;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An engine on a message channel of Spring.
 */
class ChannelEngineTests {

	private final Queue<String> told = new ConcurrentLinkedQueue<>();

	private ChannelEngine engine;

	@AfterEach
	void stop() {
		this.engine.stop();
	}

	private void start(SubscribableChannel channel) {
		this.engine = new ChannelEngine("events", channel);
		this.engine.subscribe("early");
		this.engine.start(new BackplaneEngine.Listener() {

			@Override
			public void received(String channel, byte[] message) {
				ChannelEngineTests.this.told.add(channel + " " + new String(message, StandardCharsets.UTF_8));
			}

			@Override
			public void subscribed(String channel) {
				ChannelEngineTests.this.told.add("subscribed " + channel);
			}

			@Override
			public void connected() {
				ChannelEngineTests.this.told.add("connected");
			}

			@Override
			public void lost(Throwable cause) {
				ChannelEngineTests.this.told
					.add("lost: " + NestedExceptionUtils.getMostSpecificCause(cause).getMessage());
			}

		});
	}

	private void publish(String channel, String text) {
		this.engine.publish(List.of(new Outgoing(channel, text.getBytes(StandardCharsets.UTF_8))));
	}

	private void awaitTold(String... told) {
		Awaitility.await().untilAsserted(() -> assertThat(this.told).containsExactly(told));
	}

	@Test
	void whenTheChannelBroadcastsThenWhatIsPublishedComesBackInOrder() {
		PublishSubscribeChannel channel = new PublishSubscribeChannel();
		start(channel);
		awaitTold("connected", "subscribed early");
		publish("early", "0");
		awaitTold("connected", "subscribed early", "early 0");
		this.engine.subscribe("late");
		publish("early", "1");
		publish("unknown", "2");
		publish("late", "3");
		awaitTold("connected", "subscribed early", "early 0", "subscribed late", "early 1", "late 3");
		this.engine.unsubscribe("late");
		publish("late", "4");
		publish("early", "5");
		awaitTold("connected", "subscribed early", "early 0", "subscribed late", "early 1", "late 3", "early 5");
	}

	@Test
	void whenOthersUseTheChannelThenTheirMessagesAreNotTaken() {
		PublishSubscribeChannel channel = new PublishSubscribeChannel();
		start(channel);
		awaitTold("connected", "subscribed early");
		channel.send(MessageBuilder.withPayload("text of somebody").build());
		channel.send(MessageBuilder.withPayload("no bytes").setHeader(ChannelEngine.HEADER, "early").build());
		channel.send(MessageBuilder.withPayload(new byte[] { 'x' })
			.setHeader(ChannelEngine.HEADER, "early".getBytes(StandardCharsets.UTF_8))
			.build());
		awaitTold("connected", "subscribed early", "early x");
	}

	@Test
	void whenSendingFailsThenTheConnectionIsLostUntilItWorksAgain() {
		FailingChannel channel = new FailingChannel();
		start(channel);
		awaitTold("connected", "subscribed early");
		channel.failing.set(true);
		assertThat(this.engine.publish(List.of(new Outgoing("early", new byte[1]))))
			.failsWithin(Duration.ofSeconds(30));
		awaitTold("connected", "subscribed early", "lost: it fails", "connected", "subscribed early");
		publish("early", "again");
		awaitTold("connected", "subscribed early", "lost: it fails", "connected", "subscribed early", "early again");
	}

	@Test
	void whenNothingComesBackThenItSaysWhatTheChannelHasToDo() {
		start(new SwallowingChannel());
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.told).isNotEmpty()
				.containsOnly("lost: What is sent to the channel 'events' does not come back:"
						+ " it must give each message to all of its subscribers"));
	}

	@Test
	void whenStoppedThenWhatWasPublishedHasGoneOutAndNothingIsLeft() {
		PublishSubscribeChannel channel = new PublishSubscribeChannel();
		Queue<Object> others = new ConcurrentLinkedQueue<>();
		channel.subscribe((message) -> others.add(message.getPayload()));
		start(channel);
		awaitTold("connected", "subscribed early");
		for (int i = 0; i < 100; i++) {
			publish("early", "x");
		}
		long begun = System.nanoTime();
		this.engine.stop();
		boolean stoodStill = System.nanoTime() - begun >= Duration.ofSeconds(1).toNanos();
		assertThat(others.size() > 100 || stoodStill).as("what was published, unless the machine stood still").isTrue();
		assertThat(channel.getSubscriberCount()).isOne();
		int before = this.told.size();
		channel.send(MessageBuilder.withPayload(new byte[1]).setHeader(ChannelEngine.HEADER, "early").build());
		assertThat(this.told).hasSize(before);
		Awaitility.await()
			.untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
				.doesNotContain("sockets-channel-backplane"));
	}

	private static final class FailingChannel extends PublishSubscribeChannel {

		/** For once, as it may be tried again before the test goes on. */
		private final AtomicBoolean failing = new AtomicBoolean();

		@Override
		protected boolean doSend(Message<?> message, long timeout) {
			if (this.failing.getAndSet(false)) {
				throw new MessageDeliveryException("it fails");
			}
			return super.doSend(message, timeout);
		}

	}

	private static final class SwallowingChannel extends AbstractSubscribableChannel {

		@Override
		protected boolean sendInternal(Message<?> message, long timeout) {
			return true;
		}

	}

}
