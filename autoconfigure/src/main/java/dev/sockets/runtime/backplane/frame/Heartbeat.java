package dev.sockets.runtime.backplane.frame;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A node is there.
 *
 * @param node its id
 * @param since when it was started, by its clock, in milliseconds
 * @param clock what its clock says, in milliseconds
 * @param hello whether it has just begun, and wants to know who else is there
 * @param leastVersion the least version of frames that it reads
 * @param greatestVersion the greatest one
 * @param groupChannels its number of channels for groups and users
 * @param presence how many changes there have been among its connections
 * @param servers its servers
 * @param heard what it has heard of others
 */
public record Heartbeat(String node, long since, long clock, boolean hello, int leastVersion, int greatestVersion,
		int groupChannels, long presence, List<Server> servers, List<Heard> heard) {

	private static final int HELLO = 1;

	/**
	 * A server of a node.
	 *
	 * @param name its name
	 * @param format fingerprint of how its messages look
	 * @param connections how many it has on that node
	 */
	public record Server(String name, long format, int connections) {

	}

	/**
	 * What a node has heard of another one.
	 *
	 * @param incarnation the other one
	 * @param sequence of its last heartbeat
	 */
	public record Heard(long incarnation, long sequence) {

	}

	/**
	 * Returns what it says of a server.
	 * @param name the server's name
	 * @return {@code null} when the node has none of that name
	 */
	public @Nullable Server server(String name) {
		for (Server server : this.servers) {
			if (server.name().equals(name)) {
				return server;
			}
		}
		return null;
	}

	/**
	 * Returns whether its node hears another one.
	 * @param incarnation the other one
	 */
	public boolean hasHeard(long incarnation) {
		return this.heard.stream().anyMatch((other) -> other.incarnation() == incarnation);
	}

	/**
	 * Reads what {@link #write} has written.
	 * @param in the body
	 * @return the heartbeat
	 * @throws MalformedFrameException when it is none
	 */
	public static Heartbeat read(BodyReader in) {
		return new Heartbeat(in.readText(), in.readLong(), in.readLong(), (in.readByte() & HELLO) != 0, in.readByte(),
				in.readByte(), in.readInt(), in.readLong(),
				in.readAll((server) -> new Server(server.readText(), server.readLong(), server.readInt())),
				in.readAll((heard) -> new Heard(heard.readLong(), heard.readLong())));
	}

	/**
	 * Writes the body.
	 * @param out where to
	 * @return the same
	 */
	public BodyWriter write(BodyWriter out) {
		out.putText(this.node).putLong(this.since).putLong(this.clock).putByte(this.hello ? HELLO : 0);
		out.putByte(this.leastVersion).putByte(this.greatestVersion).putInt(this.groupChannels).putLong(this.presence);
		out.putAll(this.servers,
				(to, server) -> to.putText(server.name()).putLong(server.format()).putInt(server.connections()));
		return out.putAll(this.heard, (to, heard) -> to.putLong(heard.incarnation()).putLong(heard.sequence()));
	}

}
