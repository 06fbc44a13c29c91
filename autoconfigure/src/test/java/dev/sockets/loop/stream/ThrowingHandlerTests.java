package dev.sockets.loop.stream;

import java.io.IOException;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.testkit.Unspeakable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a handler, a callback or a transport throws ends the channel in order, and keeps
 * nothing from anybody else.
 */
@Timeout(60)
class ThrowingHandlerTests {

	private TestChannel test;

	@BeforeEach
	void createChannel() throws IOException {
		this.test = new TestChannel(100, Overflow.FAIL_NEWEST);
	}

	@AfterEach
	void closeChannel() {
		this.test.close();
	}

	@Test
	void whenReceivingThrowsThenTheChannelIsAbortedRatherThanGoesOnWithAPieceMissing() {
		this.test.handler.onReceived = (text) -> {
			throw new OutOfMemoryError("as it was told to");
		};
		this.test.open();
		this.test.receive("first");
		this.test.awaitCall("closed");
		this.test.transport.input.add("second");
		this.test.channel().signal(Signal.RESUME);
		this.test.awaitCall("released");
		assertThat(this.test.handler.calls).contains("aborting FAILED").doesNotContain("received second");
	}

	@Test
	void whenOpeningThrowsThenItsEndIsToldAllTheSame() {
		this.test.handler.onOpened = () -> {
			throw new Unspeakable();
		};
		this.test.channel().open();
		this.test.awaitCall("released");
		assertThat(this.test.handler.calls).containsExactly("opened", "aborting FAILED", "closed", "released");
		assertThat(this.test.transport.open).isFalse();
	}

	@Test
	void whenClosingThrowsThenTheSocketIsGivenBackAllTheSame() {
		this.test.handler.onClosed = () -> {
			throw new Unspeakable();
		};
		this.test.open();
		this.test.transport.inputEnded = true;
		this.test.channel().close();
		this.test.awaitCall("released");
		Awaitility.await().until(() -> !this.test.transport.open);
	}

	@Test
	void whenOneSenderThrowsWhenItIsToldThenTheOthersAreTold() {
		this.test.open();
		this.test.transport.room = 0;
		this.test.channel().send(TestChannel.bytes("a"), (failure) -> {
			throw new Unspeakable();
		});
		this.test.send("b");
		this.test.send("c");
		this.test.writable(100);
		Awaitility.await().until(() -> this.test.ends.equals(List.of("b", "c")));
		this.test.transport.room = 0;
		this.test.channel().send(TestChannel.bytes("d"), (failure) -> {
			throw new Unspeakable();
		});
		this.test.send("e");
		this.test.channel().abort();
		Awaitility.await().until(() -> this.test.ends.equals(List.of("b", "c", "e CLOSED")));
	}

	@Test
	void whenWritingThrowsAnErrorThenNobodyWaitsForItsEnd() {
		this.test.open();
		this.test.transport.onWrite = () -> {
			throw new OutOfMemoryError("Cannot reserve direct buffer memory");
		};
		assertThat(this.test.channel().sendAndAwait(TestChannel.bytes("a"), this.test.callback("a"))).isNotNull();
		assertThat(this.test.ends).containsExactly("a CLOSED");
		this.test.awaitCall("closed");
		assertThat(this.test.handler.calls).contains("aborting FAILED");
	}

}
