package dev.sockets.runtime.multicast;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.EndpointState;
import dev.sockets.SocketEndpoint;
import dev.sockets.event.EndpointStartedEvent;
import dev.sockets.event.EndpointStoppedEvent;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.MulticastSender;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starting and stopping receivers and senders, from many threads.
 */
@Timeout(120)
class MulticastLifecycleTests {

	private static final int TIMES = 50;

	@AutoClose
	private final TestMulticast multicast = new TestMulticast();

	@Test
	void whenAHandlerRestartsItsReceiverThenItReceivesAgain() {
		String group = TestMulticast.group();
		MulticastReceiver[] receiver = new MulticastReceiver[1];
		this.multicast.onMessage((message) -> {
			if (message.getPayload().equals("restart")) {
				receiver[0].stop();
				receiver[0].start();
				message.reply("restarted");
			}
		});
		MulticastReceiver first = this.multicast.receiver("first", (settings) -> settings.groups(List.of(group)));
		int port = TestMulticast.port(first);
		first.stop();
		receiver[0] = this.multicast.receiver((settings) -> settings.port(port).groups(List.of(group)));
		MulticastSender sender = this.multicast.sender((settings) -> settings.group(group).port(port));
		for (int i = 1; i <= 3; i++) {
			int starts = i + 1;
			assertThat(sender.<String>request("restart", TestMulticast.SOON)).isEqualTo("restarted");
			Awaitility.await()
				.until(() -> this.multicast.events(EndpointStartedEvent.class)
					.stream()
					.filter((event) -> event.getSource() == receiver[0])
					.count() == starts);
			Awaitility.await().until(() -> receiver[0].isRunning());
		}
	}

	@Test
	void whenReceiverWithSlowHandlerIsStartedAndStoppedFromManyThreadsThenStartedNeverComesBeforeStopped()
			throws Exception {
		this.multicast.onMessage((message) -> LockSupport.parkNanos(1_000_000));
		MulticastReceiver receiver = this.multicast.receiver(TestMulticast.group());
		int port = TestMulticast.port(receiver);
		receiver.stop();
		MulticastReceiver fixed = this.multicast.newReceiver("fixed",
				(settings) -> settings.port(port).groups(List.of(TestMulticast.group())));
		AtomicBoolean sending = new AtomicBoolean(true);
		Thread sender = new Thread(() -> {
			try (UdpPeer peer = new UdpPeer()) {
				while (sending.get()) {
					peer.send(new InetSocketAddress("127.0.0.1", port), new byte[] { 1 });
				}
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
		sender.start();
		startAndStop(fixed);
		sending.set(false);
		sender.join();
		assertThatItWasNeverStartedWhileItStopped(fixed);
	}

	@Test
	void whenSenderIsStartedAndStoppedFromManyThreadsThenStartedNeverComesBeforeStopped() throws Exception {
		MulticastSender sender = this.multicast
			.newSender((settings) -> settings.group(TestMulticast.group()).port(4000));
		startAndStop(sender);
		assertThatItWasNeverStartedWhileItStopped(sender);
	}

	private static void startAndStop(SocketEndpoint endpoint) throws Exception {
		Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			Thread thread = new Thread(() -> {
				for (int n = 0; n < TIMES; n++) {
					endpoint.stop();
					endpoint.start();
				}
			});
			thread.setUncaughtExceptionHandler((failed, failure) -> failures.add(failure));
			thread.start();
			threads.add(thread);
		}
		for (Thread thread : threads) {
			thread.join();
		}
		endpoint.stop();
		assertThat(failures).isEmpty();
		assertThat(endpoint.status().state()).isEqualTo(EndpointState.STOPPED);
	}

	private void assertThatItWasNeverStartedWhileItStopped(SocketEndpoint endpoint) {
		List<Class<?>> history = new ArrayList<>();
		this.multicast.events()
			.stream()
			.filter((event) -> event.getSource() == endpoint)
			.filter((event) -> event instanceof EndpointStartedEvent || event instanceof EndpointStoppedEvent)
			.forEach((event) -> history.add(event.getClass()));
		assertThat(history).isNotEmpty();
		for (int i = 0; i < history.size(); i++) {
			assertThat(history.get(i)).as("event %s of %s", i, history.size())
				.isEqualTo((i % 2 == 0) ? EndpointStartedEvent.class : EndpointStoppedEvent.class);
		}
	}

}
