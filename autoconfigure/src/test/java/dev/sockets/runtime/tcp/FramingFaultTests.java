package dev.sockets.runtime.tcp;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.framing.FrameOutput;
import dev.sockets.framing.FrameWindow;
import dev.sockets.framing.Framing;
import dev.sockets.framing.Framings;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.Unspeakable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Framings of the application that fail in ways that they should not: the messages before
 * are handled, the fault is told and counted, and the connection is closed. Break B6.
 */
@Timeout(60)
class FramingFaultTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final List<Object> handled = new CopyOnWriteArrayList<>();

	@ParameterizedTest
	@EnumSource
	void whenAFramingThrowsAnErrorThenTheMessagesBeforeItAreHandledAndItIsTold(Dispatch dispatch) {
		assertThatItIsTold(dispatch, (window) -> {
			throw new StackOverflowError("as it was told to");
		});
	}

	@ParameterizedTest
	@EnumSource
	void whenAFramingThrowsWhatThrowsItselfThenTheMessagesBeforeItAreHandledAndItIsTold(Dispatch dispatch) {
		assertThatItIsTold(dispatch, (window) -> {
			throw new Unspeakable();
		});
	}

	@ParameterizedTest
	@EnumSource
	void whenAFramingConsumesNothingThenItIsAFaultRatherThanALoopWithoutAnEnd(Dispatch dispatch) {
		assertThatItIsTold(dispatch, (window) -> window.frame(window.start(), window.start(), window.start()));
	}

	@ParameterizedTest
	@EnumSource
	void whenAFramingConsumesMoreThanThereIsThenItIsAFault(Dispatch dispatch) {
		assertThatItIsTold(dispatch, (window) -> window.frame(window.start(), window.start(), window.end() + 10));
	}

	@ParameterizedTest
	@EnumSource
	void whenAFramingGoesBackThenItIsAFault(Dispatch dispatch) {
		assertThatItIsTold(dispatch, (window) -> window.skip(-1));
	}

	private void assertThatItIsTold(Dispatch dispatch, Consumer<FrameWindow> fault) {
		TcpServer server = this.endpoints.onMessage((message) -> this.handled.add(message.getPayload()))
			.server((connection) -> connection.dispatch(dispatch).framing(new Faulty(fault)));
		try (Peer peer = new Peer(server)) {
			peer.send("1\n2\n3\n!\n4");
			DisconnectedEvent end = this.endpoints.awaitEvent(DisconnectedEvent.class);
			assertThat(this.handled).containsExactly("1", "2", "3");
			assertThat(end.getReason()).isEqualTo(DisconnectReason.FRAME_ERROR);
			assertThat(this.endpoints.awaitEvents(MessageErrorEvent.class, 1)).hasSize(1);
			Awaitility.await().until(() -> server.statistics().messages().failed().get("MALFORMED_FRAME") == 1);
			assertThat(server.recentFailures()).hasSize(1);
		}
		try (Peer peer = new Peer(server)) {
			peer.send("5");
			Awaitility.await().until(() -> this.handled.contains("5"));
		}
	}

	/** Lines, until one begins with an exclamation mark. */
	private record Faulty(Consumer<FrameWindow> fault) implements Framing {

		@Override
		public boolean next(FrameWindow window) {
			if (window.array()[window.start()] != '!') {
				return Framings.line().next(window);
			}
			this.fault.accept(window);
			return true;
		}

		@Override
		public void encode(byte[] payload, FrameOutput output) {
			Framings.line().encode(payload, output);
		}

	}

}
