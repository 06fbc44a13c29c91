package dev.sockets.loop.stream;

import dev.sockets.loop.LoopBuffers;

/**
 * Finds out when the peer of one channel has been silent for some time. The time runs
 * while the peer is read, and stands still while the loop is held up. Belongs to the
 * reading thread.
 */
final class Silence {

	private final StreamChannel channel;

	private final StreamReader reader;

	private long nanos;

	/** Whether a look is to come. */
	private boolean awaited;

	Silence(StreamChannel channel, StreamReader reader) {
		this.channel = channel;
		this.reader = reader;
	}

	/**
	 * Waits for a silence, unless that is waited for already.
	 * @param nanos how long it has to be
	 */
	void await(long nanos) {
		this.nanos = nanos;
		if (!this.awaited) {
			lookAfter(nanos);
		}
	}

	/** Nobody can know now. */
	void lookAgain() {
		lookAfter(this.nanos);
	}

	private void lookAfter(long nanos) {
		this.awaited = true;
		this.channel.port().signalLater(nanos, Signal.SILENCE);
	}

	/**
	 * Looks whether the silence is long enough. While reading is paused nobody knows: who
	 * gets the bytes again when it goes on waits anew.
	 * @param buffers the calling thread's
	 */
	void look(LoopBuffers buffers) {
		this.awaited = false;
		long silent = this.reader.silentFor(this.channel.nanos());
		if (silent >= this.nanos) {
			this.reader.endSilence(buffers);
		}
		else if (this.channel.isReading()) {
			lookAfter(this.nanos - silent);
		}
	}

}
