package dev.sockets.loop.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;

import dev.sockets.loop.EventLoop;

/**
 * Hears the peer of a closed channel out for a while, as giving the socket back while
 * bytes are unread would reset it, and lose what is still on the way to it. Used on the
 * loop only.
 */
final class Lingering {

	private final StreamChannel channel;

	private final Transport transport;

	Lingering(StreamChannel channel, Transport transport) {
		this.channel = channel;
		this.transport = transport;
	}

	/**
	 * Begins to wait for the peer's end, if the socket is open and not too many wait.
	 * @return whether it has begun; {@link #end()} is to follow then
	 */
	boolean begin() {
		if (!this.transport.isOpen() || !this.channel.loop().beginLingering()) {
			return false;
		}
		try {
			this.channel.port().signalLater(EventLoop.LINGER_NANOS, Signal.LINGERED);
		}
		catch (OutOfMemoryError ex) {
			end();
			return false;
		}
		this.channel.interestOn(SelectionKey.OP_READ | (this.transport.wantsToWrite() ? SelectionKey.OP_WRITE : 0));
		return true;
	}

	/**
	 * Reads what the peer had sent before it knew.
	 * @param input where to put it
	 * @return whether the peer may send more
	 */
	boolean discard(ByteBuffer input) {
		try {
			return ChannelTraffic.read(this.channel, this.transport, input.clear()) >= 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	void end() {
		this.channel.loop().endLingering();
	}

}
