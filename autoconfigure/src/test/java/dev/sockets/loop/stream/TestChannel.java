package dev.sockets.loop.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import dev.sockets.loop.EventLoopGroup;
import dev.sockets.testkit.TestedEngine;

/**
 * A channel over a {@link ScriptedTransport}, on loops of its own. Nobody takes its loop
 * from the thread that serves it, so that one which the machine holds up is not taken for
 * one that blocks.
 */
final class TestChannel implements AutoCloseable {

	final ScriptedTransport transport = new ScriptedTransport();

	final RecordingHandler handler = new RecordingHandler();

	/** What senders were told, in order: their text, and why it was not sent. */
	final List<String> ends = new CopyOnWriteArrayList<>();

	private final EventLoopGroup loops = TestedEngine.loops(1);

	private final StreamChannel channel;

	TestChannel(int maxPending, Overflow overflow) throws IOException {
		this.loops.acquire();
		this.channel = new StreamChannel(this.loops.next(), this.transport,
				new ChannelSettings(1024, maxPending, overflow, Long.MAX_VALUE, false, false), this.handler);
	}

	StreamChannel channel() {
		return this.channel;
	}

	TestChannel open() {
		this.channel.open();
		awaitCall("opened");
		await(this.channel::isReading);
		return this;
	}

	void awaitCall(String call) {
		await(() -> this.handler.calls.contains(call));
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).until(condition);
	}

	@Nullable Throwable send(String text) {
		return this.channel.send(bytes(text), callback(text));
	}

	SendCallback callback(String text) {
		return (failure) -> this.ends.add((failure != null) ? text + " " + failure.getMessage() : text);
	}

	static ByteBuffer bytes(String text) {
		return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
	}

	/**
	 * The socket takes bytes again.
	 * @param room how many
	 */
	void writable(int room) {
		synchronized (this.transport) {
			this.transport.room = room;
		}
		this.channel.flusher().writable();
	}

	/**
	 * The peer has sent something. Returns when it is handled.
	 * @param text what
	 */
	void receive(String text) {
		this.transport.input.add(text);
		this.channel.signal(Signal.RESUME);
		awaitCall("received " + text);
	}

	/** The peer has ended its side. */
	void receiveEnd() {
		this.transport.inputEnded = true;
		this.channel.signal(Signal.RESUME);
		awaitCall("inputEnded BY_PEER");
	}

	@Override
	public void close() {
		this.channel.abort();
		this.loops.release();
	}

}
