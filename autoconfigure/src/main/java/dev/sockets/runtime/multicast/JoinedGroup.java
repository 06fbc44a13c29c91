package dev.sockets.runtime.multicast;

import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.multicast.MulticastReceiverSettings;
import dev.sockets.runtime.Outages;

/**
 * One group of a receiver that runs: a socket that has joined it on all interfaces that
 * are meant, or one for each of them where the group is another one on each. Joined,
 * checked and left by one thread at a time, which the receiver sees to.
 */
final class JoinedGroup {

	private final Group group;

	private final MulticastReceiverSettings settings;

	private final NetworkInterfaces interfaces;

	private final MembershipEvents events;

	private final Outages outages;

	private final Consumer<GroupMembership> reading;

	private final int port;

	private final List<GroupMembership> sockets = new CopyOnWriteArrayList<>();

	/**
	 * Creates a group that is not joined yet.
	 * @param port the receiver's
	 * @param reading begins to read a socket
	 */
	JoinedGroup(Group group, MulticastReceiverSettings settings, NetworkInterfaces interfaces, MembershipEvents events,
			Outages outages, Consumer<GroupMembership> reading, int port) {
		this.group = group;
		this.settings = settings;
		this.interfaces = interfaces;
		this.events = events;
		this.outages = outages;
		this.reading = reading;
		this.port = port;
	}

	boolean isOf(Group other) {
		return this.group.address().equals(other.address());
	}

	Stream<GroupMembership> sockets() {
		return this.sockets.stream();
	}

	/**
	 * Joins the group on all interfaces that are meant.
	 * @throws CannotJoinException when it can't be joined; nothing is left open then
	 */
	void join() throws CannotJoinException {
		if (!isAll()) {
			for (String one : this.settings.networkInterfaces()) {
				this.interfaces.require(one, "network-interfaces");
			}
		}
		List<NetworkInterface> on = usable();
		if (on.isEmpty()) {
			throw new CannotJoinException(SocketErrorCode.JOIN_FAILED, "network-interfaces", noInterface(),
					"interfaces that have", null);
		}
		CannotJoinException failure = null;
		for (List<NetworkInterface> some : bySocket(on)) {
			try {
				this.sockets.add(open(some, !isAll()));
			}
			catch (CannotJoinException ex) {
				failure = ex;
			}
		}
		if (failure != null && (!isAll() || this.sockets.isEmpty())) {
			close();
			throw failure;
		}
	}

	private boolean isAll() {
		return this.settings.networkInterfaces().contains(MulticastReceiverSettings.ALL_INTERFACES);
	}

	private List<NetworkInterface> usable() {
		return this.interfaces.usable(this.settings.networkInterfaces(), this.group.family());
	}

	private String noInterface() {
		return "group " + this.group.text() + " could not be joined: no network interface that is up has an "
				+ ((this.group.family() == StandardProtocolFamily.INET) ? "IPv4" : "IPv6") + " address";
	}

	private List<List<NetworkInterface>> bySocket(List<NetworkInterface> on) {
		return this.group.isOfOneInterface() ? on.stream().map(List::of).toList() : List.of(on);
	}

	private GroupMembership open(List<NetworkInterface> on, boolean all) throws CannotJoinException {
		GroupMembership socket = new GroupMembership(this.settings, this.interfaces, this.group);
		socket.open(this.port, on, all);
		return socket;
	}

	void read() {
		this.sockets.forEach(this.reading);
	}

	void tellJoined() {
		this.sockets.forEach((socket) -> this.events.joined(this.group, socket.joined()));
	}

	void tellLeft() {
		this.sockets.forEach((socket) -> this.events.left(this.group, socket.joined()));
	}

	/**
	 * Leaves the group and reads nothing more; answers are still sent.
	 * @param told whether listeners know that it was joined
	 */
	void stopReading(boolean told) {
		for (GroupMembership socket : this.sockets) {
			Map<String, Integer> joined = socket.joined();
			socket.stopReading();
			if (told) {
				this.events.left(this.group, joined);
			}
		}
	}

	/** Closes the sockets, and so leaves the group. */
	void close() {
		this.sockets.forEach(GroupMembership::close);
	}

	/** The group is not to be received any more. */
	void leave() {
		close();
		this.outages.end(this.group);
		this.sockets.forEach(this.outages::end);
		tellLeft();
	}

	/** Joins on interfaces that have come, and leaves those that have gone. */
	void check() {
		List<NetworkInterface> usable = usable();
		this.sockets.forEach((socket) -> leaveGone(socket, usable));
		CannotJoinException failure = null;
		for (NetworkInterface one : usable) {
			try {
				joinOn(one);
			}
			catch (CannotJoinException ex) {
				failure = ex;
			}
		}
		boolean joined = this.sockets.stream().anyMatch((socket) -> !socket.joined().isEmpty());
		if (failure != null && !(joined && isAll())) {
			this.outages.begin(this.group, failure.code(), failure.problem(), failure);
		}
		else if (!joined && isAll()) {
			this.outages.begin(this.group, SocketErrorCode.JOIN_FAILED, noInterface(), null);
		}
		else {
			this.outages.end(this.group);
		}
	}

	private void leaveGone(GroupMembership socket, List<NetworkInterface> usable) {
		Map<String, Integer> gone = socket.joined();
		usable.forEach((one) -> gone.remove(one.getName(), one.getIndex()));
		if (!gone.isEmpty()) {
			socket.leave(gone.keySet());
			this.events.left(this.group, gone);
		}
	}

	private void joinOn(NetworkInterface one) throws CannotJoinException {
		GroupMembership socket = this.sockets.stream()
			.filter((each) -> !this.group.isOfOneInterface() || each.name().equals(one.getName()))
			.findFirst()
			.orElse(null);
		if (socket != null && socket.joined().containsKey(one.getName())) {
			return;
		}
		if (socket != null && !socket.isStuck() && !this.group.isOfOneInterface()) {
			socket.join(one);
		}
		else {
			replace(socket, one);
		}
		this.events.joined(this.group, Map.of(one.getName(), one.getIndex()));
	}

	/**
	 * Opens a socket, in place of one that can't join where it must. That is read to its
	 * end and closed before, as nothing may be lost or received twice.
	 */
	private void replace(@Nullable GroupMembership former, NetworkInterface one) throws CannotJoinException {
		List<NetworkInterface> on = new ArrayList<>(List.of(one));
		if (former != null) {
			usable().stream().filter((each) -> former.joined().containsKey(each.getName())).forEach(on::add);
			this.sockets.remove(former);
			former.finish();
			this.outages.end(former);
		}
		GroupMembership socket = open(on, false);
		this.sockets.add(socket);
		this.reading.accept(socket);
	}

}
