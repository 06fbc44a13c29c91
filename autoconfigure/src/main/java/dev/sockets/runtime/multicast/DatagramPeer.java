package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.sockets.MessagePeer;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.multicast.MulticastReceiverSettings;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.runtime.WireLog;

/**
 * Somebody who sent a datagram to a receiver. Answers leave the receiver's port.
 */
final class DatagramPeer implements MessagePeer {

	private final MulticastReceiverSettings settings;

	private final GroupMembership socket;

	private final InetSocketAddress sender;

	private final EndpointEvents events;

	private final ReceiverCounters counters;

	private final WireLog wireLog;

	DatagramPeer(MulticastReceiverSettings settings, GroupMembership socket, InetSocketAddress sender,
			EndpointEvents events, ReceiverCounters counters, WireLog wireLog) {
		this.settings = settings;
		this.socket = socket;
		this.sender = sender;
		this.events = events;
		this.counters = counters;
		this.wireLog = wireLog;
	}

	boolean is(GroupMembership socket, InetSocketAddress sender) {
		return this.socket == socket && (this.sender == sender || this.sender.equals(sender));
	}

	@Override
	public InetSocketAddress getRemoteAddress() {
		return this.sender;
	}

	@Override
	public @Nullable InetSocketAddress getGroup() {
		return this.socket.groupAddress();
	}

	@Override
	public void send(@Nullable Object payload) {
		Object message = Objects.requireNonNullElse(payload, Optional.empty());
		UnicastTarget target = new UnicastTarget(this, this.sender);
		try {
			byte[] bytes = DatagramEncoder.encode(this.settings.datagrams(), message);
			transmit(bytes);
			this.counters.messages().sent(bytes.length);
			if (this.wireLog.isOn()) {
				this.wireLog.sent(this.sender, ByteBuffer.wrap(bytes));
			}
			this.events.sent(target, message);
		}
		catch (SocketOperationException ex) {
			this.counters.messages().failed(ex.getCode());
			this.events.sendFailed(target, message, ex);
			throw ex;
		}
	}

	private void transmit(byte[] bytes) {
		try {
			this.socket.send(bytes, this.sender);
		}
		catch (IOException ex) {
			throw new SocketOperationException(SocketErrorCode.SEND_FAILED,
					"No answer could be sent to " + this.sender + ": " + ex.getMessage(), ex);
		}
	}

	@Override
	public String toString() {
		return this.settings.name() + " from " + this.sender;
	}

	/**
	 * The sender as one to whom something is sent, outside the group.
	 *
	 * @param peer sends to it
	 * @param address its address
	 */
	private record UnicastTarget(MessagePeer peer, InetSocketAddress address) implements MessagePeer {

		@Override
		public InetSocketAddress getRemoteAddress() {
			return this.address;
		}

		@Override
		public void send(@Nullable Object payload) {
			this.peer.send(payload);
		}

	}

}
