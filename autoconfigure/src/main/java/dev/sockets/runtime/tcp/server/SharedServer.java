package dev.sockets.runtime.tcp.server;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.runtime.backplane.Backplane;
import dev.sockets.runtime.backplane.FormatFingerprint;
import dev.sockets.runtime.backplane.LocalServer;
import dev.sockets.runtime.backplane.NodeWatcher;
import dev.sockets.runtime.backplane.RemoteConnections;
import dev.sockets.runtime.backplane.frame.FrameType;
import dev.sockets.runtime.backplane.frame.Message;
import dev.sockets.runtime.backplane.frame.Order;
import dev.sockets.runtime.backplane.frame.Reply;
import dev.sockets.runtime.backplane.frame.Target;
import dev.sockets.runtime.tcp.ConnectionRegistry;
import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.runtime.tcp.FramedPayload;
import dev.sockets.tcp.ConnectionInfo;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.NodeInfo;

/**
 * A server that other nodes have too: does here what they ask for, and knows their
 * connections.
 */
final class SharedServer implements LocalServer {

	private final String name;

	private final ConnectionSettings settings;

	private final long format;

	private final ConnectionRegistry registry;

	private final Members members;

	private final SharedMembers shared;

	/** Of the thread that delivers. */
	private final Set<DefaultConnection> delivered = new HashSet<>();

	private volatile @Nullable RemoteConnections remote;

	SharedServer(String name, ConnectionSettings settings, ConnectionRegistry registry, Members members,
			SharedMembers shared) {
		this.name = name;
		this.settings = settings;
		this.format = FormatFingerprint.of(settings.framing(), settings.codec());
		this.registry = registry;
		this.members = members;
		this.shared = shared;
	}

	/** The server starts. */
	void begin() {
		this.remote = backplane().add(this);
	}

	/** The server has stopped. */
	void end() {
		backplane().remove(this);
		this.remote = null;
	}

	Backplane backplane() {
		return this.shared.backplane();
	}

	/**
	 * Returns the connections on other nodes; {@code null} while the server is stopped.
	 * @throws IllegalStateException when nodes do not tell of them
	 */
	@Nullable RemoteConnections remote() {
		if (!backplane().hasPresence()) {
			throw new IllegalStateException("It is not known who is connected to '" + this.name
					+ "' on other nodes, as sockets.backplane.presence.enabled is false");
		}
		return this.remote;
	}

	/** Returns how many connections there are on other nodes. */
	long size() {
		RemoteConnections known = this.remote;
		if (backplane().hasPresence() || known == null) {
			return (known != null) ? known.size() : 0;
		}
		return backplane().nodes(this).stream().filter((node) -> !node.here()).mapToLong(NodeInfo::connections).sum();
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public long format() {
		return this.format;
	}

	@Override
	public int connections() {
		return this.registry.open().size();
	}

	private Collection<DefaultConnection> find(Target target) {
		return switch (target.kind()) {
			case ALL -> this.registry.open();
			case GROUP -> this.members.ofGroup(target.name());
			case USER -> this.members.ofUser(target.name());
			case CONNECTION ->
				this.registry.find(target.name()).map(DefaultConnection.class::cast).map(List::of).orElse(List.of());
		};
	}

	@Override
	public int deliver(Message message) {
		Set<String> except = new HashSet<>(message.except());
		FramedPayload payload = new FramedPayload(this.settings, message.bytes());
		boolean single = message.target().kind() == Target.Kind.CONNECTION;
		int code = SocketErrorCode.NOT_CONNECTED.value();
		for (DefaultConnection connection : find(message.target())) {
			if (connection.isOpen() && !except.contains(connection.getId())) {
				ByteBuffer frame = message.bytes().duplicate();
				boolean queued = single ? connection.writer().offer(frame, payload)
						: gather(connection, frame, payload);
				code = queued ? Reply.YES : SocketErrorCode.SLOW_CONSUMER.value();
			}
		}
		return code;
	}

	private boolean gather(DefaultConnection connection, ByteBuffer frame, FramedPayload payload) {
		this.delivered.add(connection);
		return connection.writer().gather(frame, payload);
	}

	@Override
	public void writeDelivered() {
		Iterator<DefaultConnection> waiting = this.delivered.iterator();
		while (waiting.hasNext()) {
			DefaultConnection connection = waiting.next();
			waiting.remove();
			connection.writer().writeQueued();
		}
	}

	@Override
	public int obey(FrameType type, Order order) {
		int code = Reply.NO;
		for (DefaultConnection connection : find(order.target())) {
			code = obey(type, connection, order.group());
		}
		return (code == Reply.NO && type == FrameType.JOIN && find(order.target()).isEmpty())
				? SocketErrorCode.NOT_CONNECTED.value() : code;
	}

	private int obey(FrameType type, DefaultConnection connection, String group) {
		try {
			return switch (type) {
				case JOIN -> this.members.join(connection, group) ? Reply.YES : Reply.NO;
				case LEAVE -> this.members.leave(connection, group) ? Reply.YES : Reply.NO;
				default -> {
					connection.kick();
					yield Reply.YES;
				}
			};
		}
		catch (SocketOperationException ex) {
			return ex.getCode().value();
		}
	}

	@Override
	public void joined(String group, ConnectionInfo member) {
		this.shared.news().joined(group, member, false);
	}

	@Override
	public void left(String group, ConnectionInfo member) {
		this.shared.news().left(group, member, false);
	}

	@Override
	public void online(String user) {
		this.shared.onlineElsewhere(user);
	}

	@Override
	public void offline(String user) {
		this.shared.offlineElsewhere(user);
	}

	@Override
	public NodeWatcher nodes() {
		return this.shared.nodes();
	}

	@Override
	public void tell() {
		this.shared.tell();
	}

}
