package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.channels.MembershipKey;
import java.nio.channels.MulticastChannel;

/**
 * A membership that the system does not let end, as on an interface that it has lost: the
 * JDK throws, and goes on believing in it.
 */
final class StubbornKey extends MembershipKey {

	private final MembershipKey real;

	StubbornKey(MembershipKey real) {
		this.real = real;
	}

	@Override
	public void drop() {
		throw new IllegalStateException("on purpose");
	}

	@Override
	public boolean isValid() {
		return this.real.isValid();
	}

	@Override
	public MembershipKey block(InetAddress source) throws IOException {
		return this.real.block(source);
	}

	@Override
	public MembershipKey unblock(InetAddress source) {
		return this.real.unblock(source);
	}

	@Override
	public MulticastChannel channel() {
		return this.real.channel();
	}

	@Override
	public InetAddress group() {
		return this.real.group();
	}

	@Override
	public NetworkInterface networkInterface() {
		return this.real.networkInterface();
	}

	@Override
	public InetAddress sourceAddress() {
		return this.real.sourceAddress();
	}

}
