package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;

import org.jspecify.annotations.Nullable;

/**
 * Lets a socket get a group's datagrams that come over an interface.
 */
@FunctionalInterface
interface GroupJoiner {

	/**
	 * Joins the group.
	 * @param source the only sender whose datagrams are taken; {@code null} for all
	 * @return what to leave by
	 * @throws IOException when the system refuses
	 */
	MembershipKey join(DatagramChannel channel, InetAddress group, NetworkInterface on, @Nullable InetAddress source)
			throws IOException;

}
