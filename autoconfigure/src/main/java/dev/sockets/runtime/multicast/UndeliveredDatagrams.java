package dev.sockets.runtime.multicast;

import dev.sockets.FirstBytes;
import dev.sockets.MessagePeer;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.multicast.DropReason;
import dev.sockets.multicast.MulticastReceiverSettings;
import dev.sockets.runtime.CodecRefusal;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.runtime.FailedMessage;

/**
 * Counts and tells which datagrams of a receiver could not be delivered, and why.
 */
final class UndeliveredDatagrams {

	private final MulticastReceiverSettings settings;

	private final EndpointEvents events;

	private final ReceiverCounters counters;

	UndeliveredDatagrams(MulticastReceiverSettings settings, EndpointEvents events, ReceiverCounters counters) {
		this.settings = settings;
		this.events = events;
		this.counters = counters;
	}

	void ofOtherSource() {
		this.counters.dropped(DropReason.OTHER_SOURCE, 1);
	}

	void tooLarge(MessagePeer peer, byte[] buffer, int length) {
		this.counters.dropped(DropReason.TOO_LARGE, 1);
		String firstBytes = FirstBytes.of(buffer, 0, length);
		String path = this.settings.datagrams().path();
		this.events
			.messageFailed(peer,
					new SocketOperationException(SocketErrorCode.FRAME_TOO_LARGE,
							"A datagram that starts with " + firstBytes + " is longer than " + path
									+ ".max-datagram-size=" + this.settings.maxDatagramSize() + "B"),
					FailedMessage.ofBytes(firstBytes));
	}

	void undecodable(MessagePeer peer, byte[] buffer, int length, Throwable cause) {
		this.counters.messages().failed(SocketErrorCode.CODEC_FAILED);
		String firstBytes = FirstBytes.of(buffer, 0, length);
		String path = this.settings.datagrams().path();
		this.events
			.messageFailed(peer,
					new SocketOperationException(SocketErrorCode.CODEC_FAILED,
							"The codec of '" + path + "' cannot decode a datagram of " + length
									+ " bytes that starts with " + firstBytes + CodecRefusal.of(cause),
							cause),
					FailedMessage.ofBytes(firstBytes));
	}

	void unhandled(MessagePeer peer, FailedMessage message, Throwable cause) {
		this.counters.messages().failed(SocketErrorCode.HANDLER_FAILED);
		this.events.messageFailed(peer, new SocketOperationException(SocketErrorCode.HANDLER_FAILED,
				"A handler of '" + this.settings.datagrams().path() + "' failed", cause), message);
	}

}
