package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedSelectorException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.sockets.EndpointKind;
import dev.sockets.SocketErrorCode;
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

	private final MembershipEvents events;

	private final ReceiverCounters counters;

	private final Outages outages;

	private final EventLoopGroup loops;

	private final Delivery delivery;

	private final DatagramQueue queue;

	/** The socket of the port itself. */
	private final GroupMembership unicast;

	private final List<JoinedGroup> groups = new CopyOnWriteArrayList<>();

	private @Nullable OwnLoop loop;

	private int port;

	private boolean running;

	ReceiverSession(MulticastReceiverSettings settings, MulticastRuntime runtime, Delivery delivery,
			EndpointEvents events, ReceiverCounters counters, Outages outages) {
		this.settings = settings;
		this.interfaces = runtime.interfaces();
		this.loops = runtime.loops();
		this.delivery = delivery;
		this.events = new MembershipEvents(events);
		this.counters = counters;
		this.outages = outages;
		this.unicast = new GroupMembership(settings, this.interfaces, null);
		this.queue = new DatagramQueue(settings.maxDatagramSize(), settings.queueCapacity(),
				settings.queueOverflow() == QueueOverflow.DROP_OLDEST, this.loops.memory());
	}

	int queued() {
		return this.queue.size();
	}

	/**
	 * Binds the port and joins groups.
	 * @throws CannotJoinException when that can't be done; nothing is left open then
	 */
	void open(List<Group> groups) throws CannotJoinException {
		try {
			startLoop();
			this.port = this.unicast.open(this.settings.port(), List.of(), true);
			for (Group group : groups) {
				join(group);
			}
		}
		catch (CannotJoinException | RuntimeException ex) {
			this.queue.close();
			release();
			throw ex;
		}
	}

	private void startLoop() throws CannotJoinException {
		try {
			this.loop = OwnLoop.open(this.loops, threads() + this.settings.name() + "-loop");
		}
		catch (IOException ex) {
			throw new CannotJoinException(SocketErrorCode.BIND_FAILED, "port",
					"no event loop could be started: " + ex.getMessage(), "fewer endpoints, or more descriptors", ex);
		}
	}

	private String threads() {
		return (this.settings.kind() == EndpointKind.UDP_RECEIVER) ? "sockets-udp-" : "sockets-multicast-";
	}

	/** Begins to receive. */
	void run() {
		this.running = true;
		this.delivery.begin();
		this.groups.forEach(JoinedGroup::tellJoined);
		read(this.unicast);
		this.groups.forEach(JoinedGroup::read);
	}

	/**
	 * Joins a group on all interfaces that are meant.
	 * @throws CannotJoinException when it can't be joined; nothing is left open then
	 */
	void join(Group group) throws CannotJoinException {
		JoinedGroup joined = new JoinedGroup(group, this.settings, this.interfaces, this.events, this.outages,
				this::read, this.port);
		joined.join();
		this.groups.add(joined);
		if (this.running) {
			joined.tellJoined();
			joined.read();
		}
	}

	void leave(Group group) {
		for (JoinedGroup joined : this.groups) {
			if (joined.isOf(group)) {
				this.groups.remove(joined);
				joined.leave();
			}
		}
	}

	private void read(GroupMembership socket) {
		SocketReader reader = new SocketReader(socket, this.delivery, this.counters, this.outages);
		try {
			socket.read(Objects.requireNonNull(this.loop).loop(), this.queue, reader);
		}
		catch (IOException ex) {
			reader.failed(ex);
		}
	}

	/**
	 * Leaves the groups and reads nothing more.
	 * @return completed when everything that was received before is handled and answered
	 */
	CompletableFuture<Void> close() {
		this.unicast.stopReading();
		this.groups.forEach((group) -> group.stopReading(this.running));
		return this.queue.close().thenCompose((nothing) -> this.delivery.whenAnswered());
	}

	/** Closes the port, from which answers leave no more, and ends the loop. */
	void release() {
		this.unicast.close();
		this.groups.forEach(JoinedGroup::close);
		OwnLoop loop = this.loop;
		this.loop = null;
		if (loop != null) {
			loop.close();
			freePort(loop.loop());
		}
	}

	/** Its selector keeps the port until it forgets the sockets. */
	private static void freePort(EventLoop loop) {
		try {
			loop.forgetClosed();
		}
		catch (IOException | ClosedSelectorException ex) {
			// The loop does it too.
		}
	}

	/** Drops what wasn't handled in time. */
	void clear() {
		this.queue.clear();
	}

	/** Joins on interfaces that have come, and says which have gone. */
	void check() {
		this.interfaces.problem(this.settings.networkInterfaces())
			.ifPresentOrElse(
					(problem) -> this.outages.begin(Outages.INTERFACE, SocketErrorCode.JOIN_FAILED, problem, null),
					() -> this.outages.end(Outages.INTERFACE));
		this.groups.forEach(JoinedGroup::check);
	}

	/** Returns where it receives. */
	InetSocketAddress address() {
		InetSocketAddress bound = this.unicast.localAddress();
		return (this.settings.kind() == EndpointKind.UDP_RECEIVER && bound != null) ? bound
				: new InetSocketAddress(this.port);
	}

	/** Returns how many bytes the system's buffers have, where that is least. */
	int grantedReceiveBuffer() {
		return Stream.concat(Stream.of(this.unicast), this.groups.stream().flatMap(JoinedGroup::sockets))
			.mapToInt(GroupMembership::grantedReceiveBuffer)
			.min()
			.orElse(0);
	}

}
