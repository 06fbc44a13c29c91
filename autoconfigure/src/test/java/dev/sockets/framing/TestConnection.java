package dev.sockets.framing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Does with received bytes what a connection does: keeps those not consumed, how far they
 * were scanned and what the framing remembers. The window lies amid bytes that a framing
 * must not look at.
 */
class TestConnection {

	private static final byte[][] SURROUNDINGS = { { '\r', '\r' }, { '\n', '\n' }, { 2, 2 }, { 3, 3 }, { '|', '|' },
			{ 'a', 'b', 'a' }, { 0, 0, 0, 1 }, { '{', '{' }, { '}', '}' } };

	private final Framing framing;

	private final int maxFrameSize;

	private final FrameWindow window = new FrameWindow();

	private final List<byte[]> frames = new ArrayList<>();

	private final List<byte[]> rejected = new ArrayList<>();

	private final List<byte[]> unfinished = new ArrayList<>();

	private @Nullable Object attachment;

	private byte[] rest = new byte[0];

	private int scanned;

	private long state;

	private int reads;

	TestConnection(Framing framing, int maxFrameSize) {
		this.framing = framing;
		this.maxFrameSize = maxFrameSize;
	}

	TestConnection receive(int... bytes) {
		return receive(TestBytes.of(bytes));
	}

	TestConnection receive(String bytes) {
		return receive(TestBytes.of(bytes));
	}

	TestConnection receive(byte[] bytes) {
		byte[] around = SURROUNDINGS[this.reads++ % SURROUNDINGS.length];
		byte[] array = TestBytes.join(around, this.rest, bytes, around);
		int end = array.length - around.length;
		this.window.reset(array, around.length, end, around.length + this.scanned, this.maxFrameSize);
		this.window.state(this.state);
		this.window.attach(this.attachment);
		byte[] untouched = array.clone();
		int next = this.window.start();
		while (next < end && this.framing.next(this.window)) {
			assertThat(this.window.start()).as("a frame consumes bytes it has").isBetween(next + 1, end);
			next = this.window.start();
			take();
		}
		assertThat(array).isEqualTo(untouched);
		assertThat(this.window.scanned()).isBetween(this.window.start(), end);
		this.rest = Arrays.copyOfRange(array, this.window.start(), end);
		this.scanned = this.window.scanned() - this.window.start();
		this.state = this.window.state();
		this.attachment = this.window.attachment();
		return this;
	}

	/**
	 * The peer ends its side.
	 */
	TestConnection end() {
		this.window.reset(this.rest, 0, this.rest.length, this.scanned, this.maxFrameSize);
		this.window.state(this.state);
		this.window.attach(this.attachment);
		if (this.rest.length > 0 && this.framing.end(this.window)) {
			take();
		}
		this.rest = Arrays.copyOfRange(this.rest, this.window.start(), this.rest.length);
		return this;
	}

	private void take() {
		int from = this.window.frameStart();
		byte[] frame = Arrays.copyOfRange(this.window.frameArray(), from, from + this.window.frameLength());
		((this.window.rejection() != null) ? this.rejected : this.frames).add(frame);
		if (this.window.isUnfinished()) {
			this.unfinished.add(frame);
		}
	}

	List<String> rejected() {
		return this.rejected.stream().map(TestBytes::text).toList();
	}

	/** Returns those of the rejected that nobody is to answer. */
	List<String> unfinished() {
		return this.unfinished.stream().map(TestBytes::text).toList();
	}

	FrameWindow window() {
		return this.window;
	}

	List<byte[]> frames() {
		return this.frames;
	}

	List<String> texts() {
		return this.frames.stream().map(TestBytes::text).toList();
	}

	int unconsumed() {
		return this.rest.length;
	}

	int scanned() {
		return this.scanned;
	}

}
