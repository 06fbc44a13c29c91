package dev.sockets.test;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import dev.sockets.MessagePeer;
import dev.sockets.SocketEndpoint;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.ConnectingEvent;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.event.SocketEvent;
import dev.sockets.testkit.LogLines;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a recorder keeps, and for how long.
 */
class SocketEventRecorderTests {

	private final SocketEndpoint endpoint = Mockito.mock();

	private final SocketEventRecorder recorder = new SocketEventRecorder();

	SocketEventRecorderTests() {
		Mockito.when(this.endpoint.getName()).thenReturn("orders");
	}

	@Test
	void whenThereAreMoreEventsThanItKeepsThenTheOldestAreGone() throws InterruptedException {
		for (int i = 1; i <= SocketEventRecorder.CAPACITY + 1; i++) {
			this.recorder.onApplicationEvent(new ConnectingEvent(this.endpoint, i));
		}
		assertThat(this.recorder.all()).hasSize(SocketEventRecorder.CAPACITY);
		SocketEvent first = this.recorder.take((event) -> true, Duration.ZERO);
		assertThat(first).isSameAs(this.recorder.all().get(0));
		assertThat(first).isInstanceOfSatisfying(ConnectingEvent.class,
				(event) -> assertThat(event.getAttempt()).isEqualTo(2));
	}

	@Test
	void whenManyMessagesFailThenTheFirstOnesOfEachTestAreLogged() {
		try (LogLines log = new LogLines(SocketEventRecorder.class.getName())) {
			fail(SocketErrorCode.CODEC_FAILED, 30);
			assertThat(log.all()).hasSize(20);
			this.recorder.begin();
			this.recorder.begin();
			fail(SocketErrorCode.CODEC_FAILED, 1);
			assertThat(log.all()).hasSize(21);
			fail(SocketErrorCode.HANDLER_FAILED, 1);
			assertThat(log.all()).as("that is logged elsewhere").hasSize(21);
		}
	}

	@Test
	void whenTheFirstTestBeginsThenNothingIsForgotten() {
		this.recorder.onApplicationEvent(new ConnectingEvent(this.endpoint, 1));
		this.recorder.begin();
		assertThat(this.recorder.all()).hasSize(1);
		this.recorder.begin();
		assertThat(this.recorder.all()).isEmpty();
	}

	private void fail(SocketErrorCode code, int times) {
		for (int i = 0; i < times; i++) {
			this.recorder.onApplicationEvent(new MessageErrorEvent(this.endpoint, Mockito.mock(MessagePeer.class),
					new SocketOperationException(code, "failed"), null, ""));
		}
	}

}
