package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import dev.sockets.EventKind;
import dev.sockets.SocketErrorCode;
import dev.sockets.event.GroupEvent;
import dev.sockets.event.GroupJoinedEvent;
import dev.sockets.event.GroupLeftEvent;
import dev.sockets.multicast.MulticastReceiverSettings;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.runtime.Outages;

/**
 * A receiver from its start to its stop: its sockets and threads. Joining, leaving and
 * checking are done by one thread at a time, which the receiver sees to.
 */
final class ReceiverSession {

	private final MulticastReceiverSettings settings;

	private final NetworkInterfaces interfaces;

	private final EndpointEvents events;

	private final ReceiverCounters counters;

	private final Outages outages;

	private final CoarseClock clock;

	private final Turn turn;

	private final List<GroupMembership> sockets = new CopyOnWriteArrayList<>();

	private final AtomicInteger threads = new AtomicInteger();

	private int port;

	private boolean running;

	ReceiverSession(MulticastReceiverSettings settings, NetworkInterfaces interfaces, Delivery delivery,
			EndpointEvents events, ReceiverCounters counters, Outages outages, CoarseClock clock) {
		this.settings = settings;
		this.interfaces = interfaces;
		this.events = events;
		this.counters = counters;
		this.outages = outages;
		this.turn = new Turn(settings, delivery, counters, clock);
		this.clock = clock;
	}

	CoarseClock clock() {
		return this.clock;
	}

	ReceiverCounters counters() {
		return this.counters;
	}

	int queued() {
		return this.turn.queued();
	}

	/**
	 * Binds the port and joins groups.
	 * @return the port
	 * @throws CannotJoinException when that can't be done; nothing is left open then
	 */
	int open(List<Group> groups) throws CannotJoinException {
		try {
			this.port = this.settings.port();
			GroupMembership unicast = new GroupMembership(this.settings, null);
			this.port = unicast.open(this.port, List.of(), true);
			this.sockets.add(unicast);
			for (Group group : groups) {
				join(group);
			}
			return this.port;
		}
		catch (CannotJoinException ex) {
			close();
			throw ex;
		}
	}

	/**
	 * Begins to receive.
	 */
	void run() {
		this.running = true;
		this.sockets.forEach((socket) -> this.events(socket, socket.joined(), true));
		this.sockets.forEach(this::read);
		start(new Worker(this, this.turn, null, this.settings.maxDatagramSize() + 1));
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
			throw new CannotJoinException(SocketErrorCode.JOIN_FAILED, "network-interfaces",
					"group " + group.text() + " could not be joined: no network interface that is up has an "
							+ ((group.family() == StandardProtocolFamily.INET) ? "IPv4" : "IPv6") + " address",
					"interfaces that have", null);
		}
		List<GroupMembership> opened = new ArrayList<>();
		try {
			for (List<NetworkInterface> some : split(group, on)) {
				GroupMembership socket = new GroupMembership(this.settings, group);
				opened.add(socket);
				socket.open(this.port, some, !isAll());
			}
		}
		catch (CannotJoinException ex) {
			if (!isAll() || opened.stream().allMatch((socket) -> socket.joined().isEmpty())) {
				opened.forEach(GroupMembership::close);
				throw ex;
			}
		}
		opened.removeIf((socket) -> socket.channel() == null);
		this.sockets.addAll(opened);
		if (this.running) {
			opened.forEach((socket) -> events(socket, socket.joined(), true));
			opened.forEach(this::read);
		}
	}

	private boolean isAll() {
		return this.settings.networkInterfaces().contains(MulticastReceiverSettings.ALL_INTERFACES);
	}

	private static List<List<NetworkInterface>> split(Group group, List<NetworkInterface> on) {
		return group.isOfOneInterface() ? on.stream().map(List::of).toList() : List.of(on);
	}

	void leave(Group group) {
		for (GroupMembership socket : this.sockets) {
			Group its = socket.group();
			if (its != null && its.address().equals(group.address())) {
				this.sockets.remove(socket);
				socket.close();
				events(socket, socket.joined(), false);
			}
		}
	}

	private void read(GroupMembership socket) {
		Reading reading = new Reading(socket);
		socket.reading(reading);
		start(new Worker(this, this.turn, reading, this.settings.maxDatagramSize() + 1));
	}

	private void start(Worker worker) {
		Thread thread = new Thread(worker,
				"sockets-multicast-" + this.settings.name() + "-" + this.threads.incrementAndGet());
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * Leaves the groups and closes the port.
	 * @return completed when everything that was received before is handled
	 */
	CompletableFuture<Void> close() {
		this.sockets.forEach(GroupMembership::close);
		if (this.running) {
			this.sockets.forEach((socket) -> events(socket, socket.joined(), false));
		}
		return this.turn.close();
	}

	/** Drops what wasn't handled in time. */
	void clear() {
		this.turn.clear();
	}

	/**
	 * Looks at the interfaces: joins on those that have come, and says which have gone.
	 */
	void check() {
		this.interfaces.problem(this.settings.networkInterfaces())
			.ifPresentOrElse(
					(problem) -> this.outages.begin(Outages.INTERFACE, SocketErrorCode.JOIN_FAILED, problem, null),
					() -> this.outages.end(Outages.INTERFACE));
		this.sockets.forEach(this::check);
	}

	private void check(GroupMembership socket) {
		Group group = socket.group();
		if (group == null) {
			return;
		}
		List<NetworkInterface> usable = new ArrayList<>(
				this.interfaces.usable(this.settings.networkInterfaces(), group.family()));
		Map<String, Integer> now = new HashMap<>();
		if (group.isOfOneInterface()) {
			usable.removeIf((networkInterface) -> !socket.name().equals(networkInterface.getName()));
		}
		usable.forEach((networkInterface) -> now.put(networkInterface.getName(), networkInterface.getIndex()));
		Map<String, Integer> gone = new HashMap<>(socket.joined());
		gone.entrySet().removeAll(now.entrySet());
		if (!gone.isEmpty()) {
			events(socket, gone, false);
			socket.lose(gone.keySet());
		}
		now.entrySet().removeAll(socket.joined().entrySet());
		now.keySet().removeAll(socket.refused());
		if (!now.isEmpty()) {
			reopen(socket, usable, now);
		}
	}

	private void reopen(GroupMembership socket, List<NetworkInterface> on, Map<String, Integer> come) {
		try {
			socket.open(this.port, on, false);
			come.keySet().retainAll(socket.joined().keySet());
			events(socket, come, true);
		}
		catch (CannotJoinException ex) {
			this.outages.begin(socket, ex.code(), ex.problem(), ex);
		}
	}

	/** A socket receives again. */
	void receives(GroupMembership socket) {
		this.outages.end(socket);
	}

	void receiveFailed(GroupMembership socket, IOException cause) {
		this.outages.begin(socket, SocketErrorCode.RECEIVE_FAILED,
				"receiving from " + socket + " failed: " + cause.getMessage(), cause);
	}

	private void events(GroupMembership socket, Map<String, Integer> names, boolean joined) {
		Group group = socket.group();
		if (group == null) {
			return;
		}
		for (String name : names.keySet()) {
			this.events.publish(joined ? EventKind.GROUP_JOINED : EventKind.GROUP_LEFT,
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
