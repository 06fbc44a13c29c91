package dev.sockets.loop.linux;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * Opens sockets, and tells and gives them their names.
 */
final class SocketName {

	private SocketName() {
	}

	/**
	 * Opens a stream socket; one of IPv6 speaks IPv4 too.
	 * @param family as the system numbers it
	 * @return its descriptor
	 * @throws IOException when there is none to be had
	 */
	static int open(int family) throws IOException {
		return Failures.check(Scratch.with((scratch) -> {
			int number = LibC.socket(scratch.state, family, Constants.STREAM);
			if (number >= 0 && family == Constants.AF_INET6) {
				Options.speakBoth(scratch, number);
			}
			return number;
		}));
	}

	static void bind(Descriptor descriptor, int family, SocketAddress local) throws IOException {
		Scratch scratch = Scratch.take();
		descriptor.begin();
		try {
			int length = Addresses.write(local, family, scratch.small);
			Failures.check(LibC.bind(scratch.state, descriptor.number, scratch.small, length));
		}
		finally {
			descriptor.end();
			scratch.giveBack();
		}
	}

	/**
	 * Returns a socket's own name.
	 * @return {@code null} before it has one
	 */
	static @Nullable SocketAddress local(Descriptor descriptor) throws IOException {
		SocketAddress local = name(descriptor, false);
		return (local instanceof InetSocketAddress inet && inet.getPort() == 0) ? null : local;
	}

	/**
	 * Returns the peer's name.
	 * @return {@code null} before it is connected, and when the peer has gone
	 */
	static @Nullable SocketAddress peer(Descriptor descriptor) throws IOException {
		return name(descriptor, true);
	}

	private static @Nullable SocketAddress name(Descriptor descriptor, boolean peer) throws IOException {
		Scratch scratch = Scratch.take();
		descriptor.begin();
		try {
			long at = scratch.small;
			Memory.clear(at, Addresses.LONGEST);
			Memory.putInt(at + Addresses.LONGEST, Addresses.LONGEST);
			int result = LibC.name(scratch.state, peer, descriptor.number, at, at + Addresses.LONGEST);
			return (result < 0) ? null : Addresses.read(at, Memory.getInt(at + Addresses.LONGEST));
		}
		finally {
			descriptor.end();
			scratch.giveBack();
		}
	}

}
