package dev.sockets.runtime.multicast;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

import dev.sockets.MessagePeer;
import dev.sockets.udp.UdpSender;

/**
 * A group or host as one to whom something is sent.
 *
 * @param sender sends to it
 * @param address its address and port
 */
record GroupTarget(UdpSender sender, InetSocketAddress address) implements MessagePeer {

	@Override
	public InetSocketAddress getRemoteAddress() {
		return this.address;
	}

	@Override
	public @Nullable InetSocketAddress getGroup() {
		InetAddress resolved = this.address.getAddress();
		return (resolved != null && resolved.isMulticastAddress()) ? this.address : null;
	}

	@Override
	public void send(@Nullable Object payload) {
		this.sender.send(this.address, payload);
	}

}
