package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.sockets.SocketErrorCode;
import dev.sockets.multicast.MulticastGroups;

/**
 * The interfaces on which one socket has joined its group, for all senders or for some.
 * Used by one thread at a time.
 */
final class JoinedInterfaces {

	/**
	 * The group is joined on an interface.
	 *
	 * @param index the interface's; another one when it was made anew
	 * @param keys what to leave by, one for each source
	 */
	private record Joined(int index, List<MembershipKey> keys) {

	}

	private final NetworkInterfaces interfaces;

	private final Group group;

	private final List<String> sources;

	private final Map<String, Joined> byName = new LinkedHashMap<>();

	private boolean stuck;

	/**
	 * Creates a list; the group is joined nowhere yet.
	 * @param sources the only senders whose datagrams are taken; empty for all
	 */
	JoinedInterfaces(NetworkInterfaces interfaces, Group group, List<String> sources) {
		this.interfaces = interfaces;
		this.group = group;
		this.sources = sources;
	}

	/** Returns the index of each interface, by name. */
	Map<String, Integer> indexes() {
		Map<String, Integer> indexes = new LinkedHashMap<>();
		this.byName.forEach((name, joined) -> indexes.put(name, joined.index()));
		return indexes;
	}

	/**
	 * Joins the group on several interfaces, of which some may fail.
	 * @param all whether none of them may
	 * @throws CannotJoinException when one fails that may not, or all do
	 */
	void join(DatagramChannel socket, List<NetworkInterface> on, boolean all) throws CannotJoinException {
		CannotJoinException failure = null;
		for (NetworkInterface one : on) {
			try {
				join(socket, one);
			}
			catch (CannotJoinException ex) {
				failure = ex;
				if (all) {
					throw failure;
				}
			}
		}
		if (this.byName.isEmpty() && failure != null) {
			throw failure;
		}
	}

	/**
	 * Joins the group on one more interface.
	 * @throws CannotJoinException when the system refuses
	 */
	void join(DatagramChannel socket, NetworkInterface on) throws CannotJoinException {
		List<MembershipKey> keys = new ArrayList<>();
		try {
			if (this.sources.isEmpty()) {
				keys.add(this.interfaces.join(socket, this.group.address(), on, null));
			}
			for (String text : this.sources) {
				InetAddress source = MulticastGroups.address(text).orElseThrow();
				if (Group.family(source) == this.group.family()) {
					keys.add(this.interfaces.join(socket, this.group.address(), on, source));
				}
			}
			this.byName.put(on.getName(), new Joined(on.getIndex(), keys));
		}
		catch (IOException | RuntimeException ex) {
			drop(keys);
			String name = on.getName();
			throw new CannotJoinException(
					SocketErrorCode.JOIN_FAILED, "network-interfaces", "group " + this.group.text()
							+ " could not be joined on " + name + ": " + NetworkErrors.of(ex, name),
					"other interfaces, or 'all' for those that can", ex);
		}
	}

	/**
	 * Leaves the group on interfaces that are gone. What has come over them and waits in
	 * the system's buffer is still received.
	 */
	void leave(Collection<String> names) {
		for (String name : names) {
			Joined left = this.byName.remove(name);
			if (left != null) {
				drop(left.keys());
			}
		}
	}

	/** A system that lost an interface may not let it be left. */
	private void drop(List<MembershipKey> keys) {
		for (MembershipKey key : keys) {
			try {
				key.drop();
			}
			catch (RuntimeException | AssertionError ex) {
				this.stuck |= key.isValid();
			}
		}
	}

	/**
	 * Returns whether it takes another socket to join on an interface that has come, as
	 * the JDK believes that this one still is joined there and would leave it out.
	 */
	boolean isStuck() {
		return this.stuck;
	}

}
