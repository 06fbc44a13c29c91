package dev.sockets.loop.stream;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Writes down what a channel tells, one word each, and takes all bytes.
 */
final class RecordingHandler implements ChannelHandler {

	final List<String> calls = new CopyOnWriteArrayList<>();

	volatile Consumer<String> onReceived = (text) -> {
	};

	volatile Runnable onOpened = () -> {
	};

	volatile Runnable onClosed = () -> {
	};

	volatile Runnable onConnectFailed = () -> {
	};

	@Override
	public void opened() {
		this.calls.add("opened");
		this.onOpened.run();
	}

	@Override
	public void connectFailed(IOException cause) {
		this.onConnectFailed.run();
		this.calls.add("connectFailed");
	}

	@Override
	public int received(byte[] bytes, int start, int end) {
		String text = new String(bytes, start, end - start, StandardCharsets.US_ASCII);
		this.calls.add("received " + text);
		this.onReceived.accept(text);
		return end;
	}

	@Override
	public void inputEnded(InputEnd end) {
		this.calls.add("inputEnded " + end);
	}

	@Override
	public void aborting(AbortReason reason, @Nullable Throwable cause) {
		this.calls.add("aborting " + reason);
	}

	@Override
	public void closed() {
		this.calls.add("closed");
		this.onClosed.run();
	}

	@Override
	public void released() {
		this.calls.add("released");
	}

	@Override
	public void repliesUnsent(int frames, Throwable failure) {
		this.calls.add("repliesUnsent " + frames + " " + failure.getMessage());
	}

	@Override
	public Throwable unsent(UnsentReason reason) {
		return new IOException(reason.toString());
	}

}
