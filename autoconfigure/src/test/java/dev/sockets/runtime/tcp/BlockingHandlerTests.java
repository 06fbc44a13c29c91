package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.GenericApplicationContext;

import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.Stalls;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A handler that blocks holds up its own connection only.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class BlockingHandlerTests {

	private static final String SWITCHED = "block often, so they run on threads from now on";

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final CountDownLatch blocked = new CountDownLatch(1);

	private final CountDownLatch released = new CountDownLatch(1);

	private final Queue<Boolean> onLoop = new ConcurrentLinkedQueue<>();

	@Test
	void whenHandlerSleepsThenOthersAreServed() {
		othersAreServedWhile(() -> {
			while (this.released.getCount() > 0) {
				TestEndpoints.block(10);
			}
		});
	}

	@Test
	void whenHandlerWaitsForLockThenOthersAreServed() throws Exception {
		ReentrantLock lock = new ReentrantLock();
		CountDownLatch locked = new CountDownLatch(1);
		Thread holder = new Thread(() -> {
			lock.lock();
			locked.countDown();
			await(this.released);
			lock.unlock();
		});
		holder.start();
		locked.await();
		othersAreServedWhile(() -> {
			lock.lock();
			lock.unlock();
		});
		holder.join();
	}

	@Test
	void whenHandlerWaitsForMonitorThenOthersAreServed() {
		othersAreServedWhile(() -> await(this.released));
	}

	@Test
	void whenHandlerWaitsForWhatItsOwnLoopMustReadThenItGetsIt() {
		SynchronousQueue<Object> answers = new SynchronousQueue<>();
		TcpServer other = this.endpoints.onMessage("other", (message) -> {
			await(this.released);
			message.reply("answer");
		}).server("other", (connection) -> {
		});
		TcpClient client = this.endpoints.newClient(other);
		this.endpoints.onMessage("client", (message) -> offer(answers, message.getPayload()));
		client.connect();
		othersAreServedWhile(() -> {
			client.send("question");
			assertThat(poll(answers)).isEqualTo("answer");
		});
	}

	@Test
	void whenHandlersBlockOftenThenTheyAreGivenThreadsAndTheLogSaysSoOnce(CapturedOutput output) {
		this.endpoints.onMessage((message) -> {
			this.onLoop.add(TestEndpoints.onLoopThread());
			TestEndpoints.block(15);
			message.reply("ok");
		});
		TcpServer server = this.endpoints.server();
		try (Peer peer = new Peer(server)) {
			do {
				assertThat(peer.ask("block")).isEqualTo("ok");
			}
			while (!this.onLoop.contains(false));
			for (int i = 0; i < 3; i++) {
				assertThat(peer.ask("block")).isEqualTo("ok");
			}
		}
		assertThat(this.onLoop).startsWith(true, true, true, true, true).endsWith(false, false, false);
		Awaitility.await().untilAsserted(() -> assertThat(output.toString().split(SWITCHED, -1)).hasSize(2));
		assertThat(output).contains("set sockets.tcp.server.server.dispatch to 'thread'");
	}

	@Test
	void whenHandlersBlockRarelyThenTheyStayOnTheLoop(CapturedOutput output) {
		this.endpoints.onMessage((message) -> {
			this.onLoop.add(TestEndpoints.onLoopThread());
			if (message.getPayload().equals("block")) {
				TestEndpoints.block(30);
			}
			message.reply("ok");
		});
		TcpServer server = this.endpoints.server();
		try (Peer peer = new Peer(server)) {
			for (int i = 0; i < 5; i++) {
				peer.ask("block");
				peer.ask("go");
			}
		}
		assertThat(this.onLoop).hasSize(10).doesNotContain(false);
		assertThat(output).doesNotContain(SWITCHED);
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "THREAD" })
	void whenHandlerBlocksAfterItsReplyThenTheReplyIsSent(Dispatch dispatch) {
		blockAfter(dispatch, (message) -> message.reply("reply"));
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "THREAD" })
	void whenHandlerBlocksAfterAnAsynchronousReplyThenTheReplyIsSent(Dispatch dispatch) {
		blockAfter(dispatch, (message) -> message.getConnection().sendAsync("reply"));
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "THREAD" })
	void whenHandlerBlocksAgainAfterItsReplyThenTheReplyIsSent(Dispatch dispatch) {
		blockAfter(dispatch, (message) -> {
			TestEndpoints.block(50);
			message.reply("reply");
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "THREAD" })
	void whenHandlerBlocksAgainAfterAnAsynchronousReplyThenTheReplyIsSent(Dispatch dispatch) {
		blockAfter(dispatch, (message) -> {
			TestEndpoints.block(50);
			message.getConnection().sendAsync("reply");
		});
	}

	@Test
	void whenHandlersHadToWaitForThreadsThenTheirRepliesAreStillSentWhileTheyBlock() {
		try (TestEndpoints slow = new TestEndpoints(1, (task) -> new Thread(() -> {
			TestEndpoints.block(400);
			task.run();
		}).start(), new GenericApplicationContext())) {
			blockAfter(slow, Dispatch.THREAD, (message) -> message.reply("reply"));
		}
	}

	@Test
	void whenConnectedHandlerBlocksThenOthersAreServed() {
		this.endpoints.echo().onEvent((event) -> {
			if (event instanceof ConnectedEvent connected && connected.getSource().status().connectionsOpened() == 2) {
				this.blocked.countDown();
				await(this.released);
			}
		});
		TcpServer server = this.endpoints.server();
		try (Peer other = new Peer(server)) {
			other.ask("warm up");
			try (Peer peer = new Peer(server)) {
				peer.send("early");
				await(this.blocked);
				assertThat(other.ask("ping")).isEqualTo("ping");
				this.released.countDown();
				assertThat(peer.readLine()).isEqualTo("early");
			}
		}
	}

	private void blockAfter(Dispatch dispatch, Consumer<MessageReceivedEvent<?>> reply) {
		blockAfter(this.endpoints, dispatch, reply);
	}

	private void blockAfter(TestEndpoints endpoints, Dispatch dispatch, Consumer<MessageReceivedEvent<?>> reply) {
		endpoints.onMessage((message) -> {
			reply.accept(message);
			await(this.released);
			message.reply("done");
		});
		TcpServer server = endpoints.server((connection) -> connection.dispatch(dispatch));
		try (Peer peer = new Peer(server)) {
			assertThat(peer.ask("request")).isEqualTo("reply");
			this.released.countDown();
			assertThat(peer.readLine()).isEqualTo("done");
		}
		finally {
			this.released.countDown();
		}
	}

	private void othersAreServedWhile(Runnable blocking) {
		this.endpoints.onMessage((message) -> {
			if (message.getPayload().equals("block")) {
				this.blocked.countDown();
				blocking.run();
			}
			message.reply(message.getPayload());
		});
		TcpServer server = this.endpoints.server();
		try (Peer peer = new Peer(server); Peer other = new Peer(server)) {
			for (int i = 0; i < 2000; i++) {
				other.ask("warm up");
			}
			peer.send("block");
			await(this.blocked);
			assertThat(longestOfManyPings(other)).isLessThan(Duration.ofMillis(350));
			this.released.countDown();
			assertThat(peer.readLine()).isEqualTo("block");
			assertThat(peer.ask("again")).isEqualTo("again");
		}
		finally {
			this.released.countDown();
		}
		Awaitility.await().until(() -> this.endpoints.loopThreads().size() == 1);
	}

	/** What the machine has kept back meanwhile is taken off. */
	private static Duration longestOfManyPings(Peer peer) {
		try (Stalls stalls = new Stalls()) {
			long longest = 0;
			for (int i = 0; i < 100; i++) {
				long asked = System.nanoTime();
				assertThat(peer.ask("ping")).isEqualTo("ping");
				longest = Math.max(longest, System.nanoTime() - asked);
			}
			return Duration.ofNanos(longest).minus(stalls.total());
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void offer(SynchronousQueue<Object> queue, Object item) {
		try {
			queue.offer(item, 30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Object poll(SynchronousQueue<Object> queue) {
		try {
			return queue.poll(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
