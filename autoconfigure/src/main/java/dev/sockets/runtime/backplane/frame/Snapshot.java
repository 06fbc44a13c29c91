package dev.sockets.runtime.backplane.frame;

import java.util.List;

import dev.sockets.tcp.ConnectionInfo;

/**
 * A part of the connections that a node has at one moment.
 *
 * @param part which part, from 0
 * @param parts how many there are
 * @param version how many changes had led to it
 * @param servers connections, by server
 */
public record Snapshot(int part, int parts, long version, List<Connections> servers) {

	/**
	 * Connections of one server.
	 *
	 * @param server the server's name
	 * @param connections the connections
	 */
	public record Connections(String server, List<ConnectionInfo> connections) {

	}

	/**
	 * Reads what {@link #write} has written.
	 * @param in the body
	 * @param node id of the node that it comes from
	 * @return the snapshot
	 * @throws MalformedFrameException when it is none
	 */
	public static Snapshot read(BodyReader in, String node) {
		Snapshot snapshot = new Snapshot(in.readInt(), in.readInt(), in.readLong(),
				in.readAll((server) -> new Connections(server.readText(),
						server.readAll((connection) -> PresenceFormat.readConnection(connection, node)))));
		if (snapshot.part < 0 || snapshot.part >= snapshot.parts) {
			throw new MalformedFrameException("there is no part " + snapshot.part + " of " + snapshot.parts);
		}
		return snapshot;
	}

	/**
	 * Returns the body.
	 * @param node id of this node
	 */
	public byte[] write(String node) {
		BodyWriter out = new BodyWriter(4096).putInt(this.part).putInt(this.parts).putLong(this.version);
		return out
			.putAll(this.servers, (to, server) -> to.putText(server.server())
				.putAll(server.connections(), (into, connection) -> PresenceFormat.write(into, node, connection)))
			.toByteArray();
	}

}
