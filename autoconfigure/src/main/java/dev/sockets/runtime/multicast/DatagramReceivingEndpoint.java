package dev.sockets.runtime.multicast;

import java.net.InetSocketAddress;

import dev.sockets.EndpointStatistics;
import dev.sockets.EndpointStatus;
import dev.sockets.MessagePeer;
import dev.sockets.Payloads;
import dev.sockets.runtime.EndpointCore;
import dev.sockets.runtime.InboundHandlers;
import dev.sockets.runtime.ReceivingEndpoint;
import dev.sockets.udp.UdpReceiver;

/**
 * A receiver of either kind, which has a {@link DatagramReceiver} do what both do.
 */
interface DatagramReceivingEndpoint extends UdpReceiver, ReceivingEndpoint<MessagePeer> {

	/**
	 * Returns what does it.
	 * @return always the same object
	 */
	DatagramReceiver receiver();

	@Override
	default EndpointCore core() {
		return receiver().core();
	}

	@Override
	default Payloads payloads() {
		return receiver().payloads();
	}

	@Override
	default InetSocketAddress getLocalAddress() {
		return receiver().localAddress();
	}

	@Override
	default InboundHandlers<MessagePeer> handlers() {
		return receiver().handlers();
	}

	@Override
	default EndpointStatistics statistics() {
		return receiver().statistics();
	}

	@Override
	default EndpointStatus status() {
		return receiver().status();
	}

}
