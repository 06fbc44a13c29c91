package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.nio.channels.ClosedSelectorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

import dev.sockets.EventKind;
import dev.sockets.SocketErrorCode;
import dev.sockets.event.GroupEvent;
import dev.sockets.event.GroupJoinedEvent;
import dev.sockets.event.GroupLeftEvent;
import dev.sockets.loop.EventLoop;
import dev.sockets.loop.EventLoopGroup;
import dev.sockets.loop.datagram.DatagramQueue;
import dev.sockets.multicast.MulticastReceiverSettings;
import dev.sockets.multicast.QueueOverflow;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.runtime.Outages;

/**
 * A receiver from its start to its stop: its sockets, and the event loop that reads them.
 * Joining, leaving and checking are done by one thread at a time, which the receiver sees
 * to.
 */
final class ReceiverSession {

	private final MulticastReceiverSettings settings;

	private final NetworkInterfaces interfaces;

	private final EndpointEvents events;

	private final ReceiverCounters counters;

	private final Outages outages;

	private final EventLoopGroup loops;

	private final Delivery delivery;

	private final DatagramQueue queue;

	private final List<Group> groups = new CopyOnWriteArrayList<>();

	private final List<GroupMembership> sockets = new CopyOnWriteArrayList<>();

	private @Nullable EventLoop loop;

	private int port;

	private boolean running;

	ReceiverSession(MulticastReceiverSettings settings, NetworkInterfaces interfaces, EventLoopGroup loops,
			Delivery delivery, EndpointEvents events, ReceiverCounters counters, Outages outages) {
		this.settings = settings;
		this.interfaces = interfaces;
		this.loops = loops;
		this.delivery = delivery;
		this.events = events;
		this.counters = counters;
		this.outages = outages;
		this.queue = new DatagramQueue(settings.maxDatagramSize(), settings.queueCapacity(),
				settings.queueOverflow() == QueueOverflow.DROP_OLDEST, loops.memory());
	}

	int queued() {
		return this.queue.size();
	}

	/**
	 * Binds the port and joins groups.
	 * @return the port
	 * @throws CannotJoinException when that can't be done; nothing is left open then
	 */
	int open(List<Group> groups) throws CannotJoinException {
		try {
			startLoop();
			this.port = this.settings.port();
			GroupMembership unicast = new GroupMembership(this.settings, this.interfaces, null);
			this.port = unicast.open(this.port, List.of(), true);
			this.sockets.add(unicast);
			for (Group group : groups) {
				join(group);
			}
			return this.port;
		}
		catch (CannotJoinException | RuntimeException ex) {
			close();
			throw ex;
		}
	}

	private void startLoop() throws CannotJoinException {
		try {
			this.loops.acquire();
			try {
				this.loop = this.loops.openLoop("sockets-multicast-" + this.settings.name() + "-loop");
			}
			catch (Throwable ex) {
				this.loops.release();
				throw ex;
			}
		}
		catch (IOException ex) {
			throw new CannotJoinException(SocketErrorCode.BIND_FAILED, "port",
					"no event loop could be started: " + ex.getMessage(), "fewer endpoints, or more descriptors", ex);
		}
	}

	/**
	 * Begins to receive.
	 */
	void run() {
		this.running = true;
		this.sockets.forEach((socket) -> this.events(socket, socket.joined(), true));
		this.sockets.forEach(this::read);
	}

	/**
	 * Joins a group on all interfaces that are meant.
	 * @throws CannotJoinException when it can't be joined; nothing is left open then
	 */
	void join(Group group) throws CannotJoinException {
		List<String> wanted = this.settings.networkInterfaces();
		if (!isAll()) {
			for (String one : wanted) {
				this.interfaces.require(one, "network-interfaces");
			}
		}
		List<NetworkInterface> on = this.interfaces.usable(wanted, group.family());
		if (on.isEmpty()) {
			throw new CannotJoinException(SocketErrorCode.JOIN_FAILED, "network-interfaces", noInterface(group),
					"interfaces that have", null);
		}
		List<GroupMembership> opened = open(group, on);
		this.groups.add(group);
		this.sockets.addAll(opened);
		if (this.running) {
			opened.forEach((socket) -> events(socket, socket.joined(), true));
			opened.forEach(this::read);
		}
	}

	private static String noInterface(Group group) {
		return "group " + group.text() + " could not be joined: no network interface that is up has an "
				+ ((group.family() == StandardProtocolFamily.INET) ? "IPv4" : "IPv6") + " address";
	}

	private List<GroupMembership> open(Group group, List<NetworkInterface> on) throws CannotJoinException {
		List<GroupMembership> opened = new ArrayList<>();
		CannotJoinException failure = null;
		for (List<NetworkInterface> some : split(group, on)) {
			try {
				opened.add(open(group, some, !isAll()));
			}
			catch (CannotJoinException ex) {
				failure = ex;
			}
		}
		if (failure != null && (!isAll() || opened.isEmpty())) {
			opened.forEach(GroupMembership::close);
			throw failure;
		}
		return opened;
	}

	private GroupMembership open(Group group, List<NetworkInterface> on, boolean all) throws CannotJoinException {
		GroupMembership socket = new GroupMembership(this.settings, this.interfaces, group);
		socket.open(this.port, on, all);
		return socket;
	}

	private boolean isAll() {
		return this.settings.networkInterfaces().contains(MulticastReceiverSettings.ALL_INTERFACES);
	}

	private static List<List<NetworkInterface>> split(Group group, List<NetworkInterface> on) {
		return group.isOfOneInterface() ? on.stream().map(List::of).toList() : List.of(on);
	}

	void leave(Group group) {
		this.groups.remove(group);
		this.outages.end(group);
		for (GroupMembership socket : this.sockets) {
			if (socket.isOf(group)) {
				close(socket);
				events(socket, socket.joined(), false);
			}
		}
	}

	private void close(GroupMembership socket) {
		this.sockets.remove(socket);
		socket.close();
		this.outages.end(socket);
	}

	private void read(GroupMembership socket) {
		SocketReader reader = new SocketReader(socket, this.delivery, this.counters, this.outages);
		try {
			socket.read(Objects.requireNonNull(this.loop), this.queue, reader);
		}
		catch (IOException ex) {
			reader.failed(ex);
		}
	}

	/**
	 * Leaves the groups and closes the port.
	 * @return completed when everything that was received before is handled
	 */
	CompletableFuture<Void> close() {
		this.sockets.forEach(GroupMembership::close);
		EventLoop loop = this.loop;
		if (loop != null) {
			stop(loop);
		}
		if (this.running) {
			this.sockets.forEach((socket) -> events(socket, socket.joined(), false));
		}
		return this.queue.close();
	}

	private void stop(EventLoop loop) {
		loop.stop();
		try {
			loop.forgetClosed();
		}
		catch (IOException | ClosedSelectorException ex) {
			// The loop does it too.
		}
		this.loops.release();
	}

	/** Drops what wasn't handled in time. */
	void clear() {
		this.queue.clear();
	}

	/**
	 * Looks at the interfaces: joins on those that have come, and says which have gone.
	 */
	void check() {
		this.interfaces.problem(this.settings.networkInterfaces())
			.ifPresentOrElse(
					(problem) -> this.outages.begin(Outages.INTERFACE, SocketErrorCode.JOIN_FAILED, problem, null),
					() -> this.outages.end(Outages.INTERFACE));
		this.groups.forEach(this::check);
	}

	private void check(Group group) {
		List<NetworkInterface> usable = this.interfaces.usable(this.settings.networkInterfaces(), group.family());
		this.sockets.stream().filter((socket) -> socket.isOf(group)).forEach((socket) -> loseGone(socket, usable));
		CannotJoinException failure = null;
		for (NetworkInterface one : usable) {
			try {
				joinOn(group, one);
			}
			catch (CannotJoinException ex) {
				failure = ex;
			}
		}
		boolean joined = this.sockets.stream().anyMatch((socket) -> socket.isOf(group) && !socket.joined().isEmpty());
		if (failure != null && !(joined && isAll())) {
			this.outages.begin(group, failure.code(), failure.problem(), failure);
		}
		else if (!joined && isAll()) {
			this.outages.begin(group, SocketErrorCode.JOIN_FAILED, noInterface(group), null);
		}
		else {
			this.outages.end(group);
		}
	}

	private void loseGone(GroupMembership socket, List<NetworkInterface> usable) {
		Map<String, Integer> gone = socket.joined();
		usable.forEach((one) -> gone.remove(one.getName(), one.getIndex()));
		if (!gone.isEmpty()) {
			socket.leave(gone.keySet());
			events(socket, gone, false);
		}
	}

	private void joinOn(Group group, NetworkInterface one) throws CannotJoinException {
		GroupMembership socket = this.sockets.stream()
			.filter((each) -> each.isOf(group) && (!group.isOfOneInterface() || each.name().equals(one.getName())))
			.findFirst()
			.orElse(null);
		if (socket != null && socket.joined().containsKey(one.getName())) {
			return;
		}
		if (socket != null && !socket.isStuck() && !group.isOfOneInterface()) {
			socket.join(one);
		}
		else {
			socket = replace(group, socket, one);
		}
		events(socket, Map.of(one.getName(), one.getIndex()), true);
	}

	/**
	 * Opens a socket, in place of one that can't join where it must. That is read to its
	 * end and closed before, as nothing may be lost or received twice.
	 */
	private GroupMembership replace(Group group, @Nullable GroupMembership former, NetworkInterface one)
			throws CannotJoinException {
		List<NetworkInterface> on = new ArrayList<>(List.of(one));
		if (former != null) {
			this.interfaces.usable(this.settings.networkInterfaces(), group.family())
				.stream()
				.filter((each) -> former.joined().containsKey(each.getName()))
				.forEach(on::add);
			this.sockets.remove(former);
			former.finish();
			this.outages.end(former);
		}
		GroupMembership socket = open(group, on, false);
		this.sockets.add(socket);
		read(socket);
		return socket;
	}

	private void events(GroupMembership socket, Map<String, Integer> names, boolean joined) {
		Group group = socket.group();
		if (group == null) {
			return;
		}
		for (String name : names.keySet()) {
			this.events.tell(joined ? EventKind.GROUP_JOINED : EventKind.GROUP_LEFT,
					() -> event(group.text(), name, joined));
		}
	}

	private GroupEvent event(String group, String name, boolean joined) {
		return joined ? new GroupJoinedEvent(this.events.endpoint(), group, name)
				: new GroupLeftEvent(this.events.endpoint(), group, name);
	}

	/**
	 * Returns where it receives.
	 */
	InetSocketAddress address() {
		return new InetSocketAddress(this.port);
	}

	/**
	 * Returns how many bytes the system's buffers have, where that is least.
	 */
	int grantedReceiveBuffer() {
		return this.sockets.stream().mapToInt(GroupMembership::grantedReceiveBuffer).min().orElse(0);
	}

}
