package dev.sockets.runtime.backplane.frame;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;

import dev.sockets.UnixSocketAddress;
import dev.sockets.tcp.ConnectionInfo;

/**
 * Connections and their changes as bytes and back. The node is left out, also of their
 * ids that begin with it: it is known whose they are.
 */
final class PresenceFormat {

	private static final int OPENED = 1;

	private static final int CLOSED = 2;

	private static final int IDENTIFIED = 3;

	private static final int JOINED = 4;

	private static final int LEFT = 5;

	private PresenceFormat() {
	}

	static void write(BodyWriter out, String node, Change change) {
		if (change instanceof Change.Opened opened) {
			write(out.putByte(OPENED).putText(opened.server()), node, opened.connection());
		}
		else if (change instanceof Change.Identified identified) {
			begin(out, IDENTIFIED, node, change).putText((identified.user() != null) ? identified.user() : "");
		}
		else if (change instanceof Change.Joined joined) {
			begin(out, JOINED, node, change).putText(joined.group());
		}
		else if (change instanceof Change.Left left) {
			begin(out, LEFT, node, change).putText(left.group());
		}
		else {
			begin(out, CLOSED, node, change);
		}
	}

	private static BodyWriter begin(BodyWriter out, int kind, String node, Change change) {
		return writeId(out.putByte(kind).putText(change.server()), node, change.id());
	}

	static Change readChange(BodyReader in, String node) {
		int kind = in.readByte();
		String server = in.readText();
		if (kind == OPENED) {
			return new Change.Opened(server, readConnection(in, node));
		}
		String id = readId(in, node);
		return switch (kind) {
			case CLOSED -> new Change.Closed(server, id);
			case IDENTIFIED -> new Change.Identified(server, id, readUser(in).orElse(null));
			case JOINED -> new Change.Joined(server, id, in.readText());
			case LEFT -> new Change.Left(server, id, in.readText());
			default -> throw new MalformedFrameException("no change is of kind " + kind);
		};
	}

	static void write(BodyWriter out, String node, ConnectionInfo connection) {
		writeId(out, node, connection.id()).putText(connection.user().orElse(""));
		write(out, connection.remote());
		out.putLong(connection.openedAt().toEpochMilli()).putShort(connection.groups().size());
		connection.groups().forEach(out::putText);
	}

	static ConnectionInfo readConnection(BodyReader in, String node) {
		String id = readId(in, node);
		Optional<String> user = readUser(in);
		InetSocketAddress remote = readAddress(in);
		Instant openedAt = Instant.ofEpochMilli(in.readLong());
		HashSet<String> groups = new HashSet<>();
		for (int left = in.readShort(); left > 0; left--) {
			groups.add(in.readText());
		}
		return new ConnectionInfo(id, node, user, groups, remote, openedAt);
	}

	/** An id that begins with its node is written without it. */
	private static BodyWriter writeId(BodyWriter out, String node, String id) {
		return id.startsWith(node) ? out.putText(id.substring(node.length())) : out.putText(" " + id);
	}

	private static String readId(BodyReader in, String node) {
		String id = in.readText();
		return id.startsWith(" ") ? id.substring(1) : node + id;
	}

	private static Optional<String> readUser(BodyReader in) {
		String user = in.readText();
		return user.isEmpty() ? Optional.empty() : Optional.of(user);
	}

	private static void write(BodyWriter out, InetSocketAddress address) {
		if (address instanceof UnixSocketAddress) {
			out.putByte(0).putText(address.toString());
			return;
		}
		byte[] bytes = address.isUnresolved() ? new byte[4] : address.getAddress().getAddress();
		out.putByte(bytes.length).putBytes(bytes, 0, bytes.length).putShort(address.getPort());
	}

	private static InetSocketAddress readAddress(BodyReader in) {
		int length = in.readByte();
		try {
			return (length == 0) ? UnixSocketAddress.of(in.readText())
					: new InetSocketAddress(InetAddress.getByAddress(in.readBytes(length)), in.readShort());
		}
		catch (UnknownHostException | InvalidPathException ex) {
			throw new MalformedFrameException("no address is like this: " + ex.getMessage());
		}
		catch (IllegalArgumentException ex) {
			throw new MalformedFrameException("no path is like this: " + ex.getMessage());
		}
	}

}
