package dev.sockets.runtime.multicast;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

import dev.sockets.MessagePeer;
import dev.sockets.multicast.MulticastSender;

/**
 * A group as one to whom something is sent.
 *
 * @param sender sends to it
 * @param group the group and its port
 */
record GroupTarget(MulticastSender sender, InetSocketAddress group) implements MessagePeer {

	@Override
	public InetSocketAddress getRemoteAddress() {
		return this.group;
	}

	@Override
	public InetSocketAddress getGroup() {
		return this.group;
	}

	@Override
	public void send(@Nullable Object payload) {
		this.sender.send(this.group, payload);
	}

}
