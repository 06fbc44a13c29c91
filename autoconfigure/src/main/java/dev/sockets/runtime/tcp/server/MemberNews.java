package dev.sockets.runtime.tcp.server;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import dev.sockets.EventKind;
import dev.sockets.event.MemberJoinedEvent;
import dev.sockets.event.MemberLeftEvent;
import dev.sockets.event.SocketEvent;
import dev.sockets.event.UserOfflineEvent;
import dev.sockets.event.UserOnlineEvent;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.tcp.ConnectionInfo;
import dev.sockets.tcp.TcpServer;

/**
 * Tells who has joined, left, come and gone, on all nodes, in the order in which that was
 * noted. It is noted with the locks held that decide on the order, and told without them,
 * as who asks whether anybody listens may need locks of the application. Open to all
 * threads.
 */
final class MemberNews implements MemberChanges {

	private record News(EventKind kind, Supplier<SocketEvent> event) {

	}

	private final TcpServer server;

	private final EndpointEvents events;

	private final LocalNode node;

	private final Queue<News> noted = new ConcurrentLinkedQueue<>();

	private final AtomicInteger calls = new AtomicInteger();

	MemberNews(TcpServer server, EndpointEvents events, LocalNode node) {
		this.server = server;
		this.events = events;
		this.node = node;
	}

	/** Returns what tells of other nodes, in one order with this. */
	NodeNews nodes() {
		return new NodeNews(this.server, this);
	}

	@Override
	public void joined(String group, DefaultConnection connection) {
		joined(group, this.node.describe(connection), true);
	}

	void joined(String group, ConnectionInfo member, boolean here) {
		note(EventKind.MEMBER_JOINED, () -> new MemberJoinedEvent(this.server, group, member, here));
	}

	@Override
	public void left(String group, DefaultConnection connection) {
		left(group, this.node.describe(connection), true);
	}

	void left(String group, ConnectionInfo member, boolean here) {
		note(EventKind.MEMBER_LEFT, () -> new MemberLeftEvent(this.server, group, member, here));
	}

	@Override
	public void online(String user) {
		note(EventKind.USER_ONLINE, () -> new UserOnlineEvent(this.server, user));
	}

	@Override
	public void offline(String user) {
		note(EventKind.USER_OFFLINE, () -> new UserOfflineEvent(this.server, user));
	}

	/** Keeps something to be told. */
	void note(EventKind kind, Supplier<SocketEvent> event) {
		this.noted.add(new News(kind, event));
	}

	/** Tells what was noted, unless another thread is at it: it tells that too. */
	@Override
	public void tell() {
		if (this.noted.isEmpty() || this.calls.getAndIncrement() > 0) {
			return;
		}
		int told = 1;
		try {
			do {
				tellAll();
				told = this.calls.addAndGet(-told);
			}
			while (told != 0);
		}
		catch (Throwable ex) {
			this.calls.set(0);
			throw ex;
		}
	}

	private void tellAll() {
		News news;
		while ((news = this.noted.poll()) != null) {
			this.events.tellOfMany(news.kind(), news.event());
		}
	}

}
