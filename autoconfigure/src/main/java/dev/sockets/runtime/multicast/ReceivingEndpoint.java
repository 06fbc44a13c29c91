package dev.sockets.runtime.multicast;

import java.net.InetSocketAddress;

import dev.sockets.EndpointStatistics;
import dev.sockets.EndpointStatus;
import dev.sockets.InboundHandler;
import dev.sockets.MessagePeer;
import dev.sockets.Payloads;
import dev.sockets.runtime.EndpointCore;
import dev.sockets.runtime.RuntimeEndpoint;
import dev.sockets.udp.UdpReceiver;

/**
 * A receiver of either kind, which has a {@link DatagramReceiver} do what both do.
 */
interface ReceivingEndpoint extends UdpReceiver, RuntimeEndpoint {

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
	default void addHandler(InboundHandler<? super MessagePeer> handler) {
		receiver().handlers().add(handler);
	}

	@Override
	default void addRoute(String value, InboundHandler<? super MessagePeer> handler) {
		receiver().handlers().addRoute(value, handler);
	}

	@Override
	default boolean removeRoute(String value) {
		return receiver().handlers().removeRoute(value);
	}

	@Override
	default boolean removeHandler(InboundHandler<? super MessagePeer> handler) {
		return receiver().handlers().remove(handler);
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
