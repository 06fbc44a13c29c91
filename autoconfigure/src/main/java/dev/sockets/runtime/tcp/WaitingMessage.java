package dev.sockets.runtime.tcp;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

import dev.sockets.framing.FrameOutput;
import dev.sockets.runtime.Promise;
import dev.sockets.tcp.ConnectionSettings;

/**
 * A message that waits for a connection.
 *
 * @param payload what to send
 * @param frame the same, encoded
 * @param result completed when it was sent
 */
public record WaitingMessage(Object payload, ByteBuffer frame, CompletableFuture<Void> result) {

	public static WaitingMessage of(Object payload, ConnectionSettings settings) {
		FrameOutput frame = FrameEncoder.encode(settings, payload, null);
		return new WaitingMessage(payload, ByteBuffer.wrap(frame.array(), 0, frame.size()), new Promise<>());
	}

}
