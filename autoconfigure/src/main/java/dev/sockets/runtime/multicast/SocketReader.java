package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.net.InetSocketAddress;

import dev.sockets.SocketErrorCode;
import dev.sockets.loop.datagram.DatagramBatch;
import dev.sockets.loop.datagram.DatagramHandler;
import dev.sockets.multicast.DropReason;
import dev.sockets.runtime.Outages;

/**
 * Counts and delivers what comes to one socket of a receiver, and keeps its outages.
 */
final class SocketReader implements DatagramHandler {

	/** One for all sockets of a receiver, which share a turn. */
	private static final Object HANDLING = "handling";

	private final GroupMembership socket;

	private final Delivery delivery;

	private final ReceiverCounters counters;

	private final Outages outages;

	/** Used by who runs the loop. */
	private boolean stuck;

	SocketReader(GroupMembership socket, Delivery delivery, ReceiverCounters counters, Outages outages) {
		this.socket = socket;
		this.delivery = delivery;
		this.counters = counters;
		this.outages = outages;
	}

	@Override
	public void received(DatagramBatch batch) {
		this.counters.received(batch.size(), batch.totalBytes());
		this.delivery.log(batch);
	}

	@Override
	public void handle(byte[] bytes, int length, InetSocketAddress sender) {
		this.delivery.deliver(this.socket, bytes, length, sender);
	}

	@Override
	public void tick(long now, boolean stuck) {
		this.delivery.tick(now);
		if (stuck != this.stuck) {
			this.stuck = stuck;
			if (stuck) {
				this.outages.begin(HANDLING, SocketErrorCode.HANDLER_FAILED,
						"a handler has been at one datagram for seconds, and the others wait for it", null);
			}
			else {
				this.outages.end(HANDLING);
			}
		}
	}

	@Override
	public void dropped(int datagrams) {
		this.counters.dropped(DropReason.QUEUE_FULL, datagrams);
	}

	@Override
	public void abandoned(int datagrams) {
		this.counters.dropped(DropReason.STOPPED, datagrams);
	}

	@Override
	public void failed(IOException cause) {
		this.outages.begin(this.socket, SocketErrorCode.RECEIVE_FAILED,
				"receiving from " + this.socket + " failed: " + cause.getMessage(), cause);
	}

	@Override
	public void recovered() {
		this.outages.end(this.socket);
	}

}
