package dev.sockets.runtime.backplane;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

import dev.sockets.backplane.Outgoing;
import dev.sockets.runtime.backplane.frame.Frame;

/**
 * Signed messages of this node that are to come back. The same bytes on the same channel
 * need no check of their signature, as this node has made it: to compare them costs a
 * tenth. It may take a time that depends on them, as who reads the channel knows them.
 * Open to all threads.
 */
final class OwnMessages {

	private final long incarnation;

	private final long most;

	private final Deque<Outgoing> sent = new ArrayDeque<>();

	private long bytes;

	/**
	 * Creates an instance that awaits nothing.
	 * @param incarnation which start of this node it is
	 * @param mostBytes how many bytes are kept; without the oldest ones the signature is
	 * checked
	 */
	OwnMessages(long incarnation, long mostBytes) {
		this.incarnation = incarnation;
		this.most = mostBytes;
	}

	/** A message is about to be published on a channel that this node hears. */
	synchronized void sent(Outgoing message) {
		this.sent.add(message);
		this.bytes += message.message().length;
		while (this.bytes > this.most) {
			removeFirst();
		}
	}

	/**
	 * Returns whether a message that has come is the next one of those that are to.
	 * @param channel the channel that it came on
	 * @param message its bytes
	 */
	synchronized boolean isNext(String channel, byte[] message) {
		Outgoing next = this.sent.peek();
		boolean same = next != null && isSame(next, channel, message);
		if (same) {
			removeFirst();
		}
		return same;
	}

	/**
	 * A message has come that is rightly signed and was not the next one: if it is of
	 * this node, those before it are not waited for.
	 * @param channel the channel that it came on
	 * @param message its bytes
	 */
	synchronized void skipTo(String channel, byte[] message) {
		if (ByteBuffer.wrap(message).getLong(Frame.PREFIX) == this.incarnation
				&& this.sent.stream().anyMatch((other) -> isSame(other, channel, message))) {
			while (!isNext(channel, message)) {
				removeFirst();
			}
		}
	}

	private static boolean isSame(Outgoing sent, String channel, byte[] message) {
		return Arrays.equals(sent.message(), message) && sent.channel().equals(channel);
	}

	private void removeFirst() {
		this.bytes -= this.sent.remove().message().length;
	}

	/** Nothing that was sent before is to come back. */
	synchronized void reset() {
		this.sent.clear();
		this.bytes = 0;
	}

}
