package dev.sockets.runtime.backplane;

import java.nio.ByteBuffer;

import dev.sockets.runtime.backplane.frame.FrameType;
import dev.sockets.runtime.backplane.frame.FrameWriter;

/**
 * A frame that waits for the engine.
 *
 * @param channel the channel that it is for
 * @param type what it is about
 * @param sequence its number among those for the channel
 * @param body what it says
 * @param tail what follows that, without a copy
 * @param since when it was queued, as {@code System.nanoTime()}
 */
record PendingFrame(String channel, FrameType type, long sequence, byte[] body, ByteBuffer tail, long since) {

	int size() {
		return FrameWriter.size(this.body.length + this.tail.remaining());
	}

}
