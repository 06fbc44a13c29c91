package dev.sockets.runtime.tcp;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Hooks see what comes in before the application does, in their order.
 */
@Timeout(60)
class HookTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final Queue<Object> handled = new ConcurrentLinkedQueue<>();

	private final List<String> asked = new CopyOnWriteArrayList<>();

	@Test
	void whenAHandlerOnAThreadWaitsForWhatAHookTakesThenItGetsIt() {
		CountDownLatch taken = new CountDownLatch(1);
		CompletableFuture<Boolean> waited = new CompletableFuture<>();
		TcpServer server = this.endpoints.onMessage((message) -> {
			try {
				waited.complete(taken.await(20, TimeUnit.SECONDS));
			}
			catch (InterruptedException ex) {
				waited.completeExceptionally(ex);
			}
		}).server((connection) -> connection.dispatch(Dispatch.THREAD));
		try (Peer peer = new Peer(server)) {
			reader(server).add(new Taking("for the hook", taken));
			peer.send("for the handler\nfor the hook");
			assertThat(waited).succeedsWithin(TestEndpoints.SOON).isEqualTo(true);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenAHookTakesAMessageThenNobodyElseGetsItAndTheOthersKeepTheirOrder(Dispatch dispatch) {
		TcpServer server = this.endpoints.onMessage((message) -> this.handled.add(message.getPayload()))
			.server((connection) -> connection.dispatch(dispatch));
		try (Peer peer = new Peer(server)) {
			reader(server).add(new Taking("b", new CountDownLatch(0)));
			peer.send("a\nb\nc\nb\nd");
			Awaitility.await().atMost(TestEndpoints.SOON).until(() -> this.handled.size() == 3);
			assertThat(this.handled).containsExactly("a", "c", "d");
			assertThat(this.endpoints.onlyConnection(server).getStatistics().messagesReceived()).isEqualTo(5);
		}
	}

	@Test
	void whenOneHookTakesAMessageThenThoseAfterItAreNotAsked() {
		PayloadHooks hooks = new PayloadHooks();
		hooks.add(new Recording("first", "x"));
		hooks.add(new Recording("second", "y"));
		assertThat(hooks.take("x")).isTrue();
		assertThat(this.asked).containsExactly("first x");
		assertThat(hooks.take("y")).isTrue();
		assertThat(hooks.take("z")).isFalse();
		assertThat(this.asked).containsExactly("first x", "first y", "second y", "first z", "second z");
	}

	@Test
	void whenNothingMoreIsReadThenHooksAddedBeforeAndAfterAreTold() {
		PayloadHooks hooks = new PayloadHooks();
		hooks.add(new Recording("first", "x"));
		hooks.end(() -> new SocketOperationException(SocketErrorCode.SHUTTING_DOWN, "ended"));
		hooks.add(new Recording("second", "x"));
		assertThat(this.asked).containsExactly("first ended", "second ended");
	}

	@Test
	void whenNoHookIsNeededThenThereIsNone() {
		assertThat(FrameHooks.of((FrameHook) null)).isSameAs(FrameHooks.of());
		FrameHook only = (connection, frame) -> true;
		assertThat(FrameHooks.of(only).without(only)).isSameAs(FrameHooks.of());
	}

	@Test
	void whenAHookIsAddedToThoseOfNobodyThenThatIsRefused() {
		assertThatIllegalStateException()
			.isThrownBy(() -> PayloadHooks.NONE.add(new Taking("b", new CountDownLatch(0))));
		assertThat(PayloadHooks.NONE.take("b")).isFalse();
	}

	private ConnectionReader reader(TcpServer server) {
		return ((DefaultConnection) this.endpoints.onlyConnection(server)).reader();
	}

	private record Taking(String message, CountDownLatch taken) implements PayloadHook {

		@Override
		public boolean takes(Object payload) {
			if (!payload.equals(this.message)) {
				return false;
			}
			this.taken.countDown();
			return true;
		}

		@Override
		public void ended(SocketOperationException cause) {
		}

	}

	private final class Recording implements PayloadHook {

		private final String name;

		private final String mine;

		private Recording(String name, String mine) {
			this.name = name;
			this.mine = mine;
		}

		@Override
		public boolean takes(Object payload) {
			HookTests.this.asked.add(this.name + " " + payload);
			return payload.equals(this.mine);
		}

		@Override
		public void ended(SocketOperationException cause) {
			HookTests.this.asked.add(this.name + " " + cause.getMessage());
		}

	}

}
