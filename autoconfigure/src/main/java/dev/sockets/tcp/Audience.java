package dev.sockets.tcp;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Some connections of one server, such as those of a group or of a user. It is a view:
 * who belongs to it is looked up with each call, and asking for it creates nothing.
 * Usable from any thread.
 */
public interface Audience {

	/**
	 * Sends a message to all of them. It is encoded once, and a slow peer holds up
	 * neither the caller nor the other peers. Each of them gets what one thread sends in
	 * that order, whatever the audiences.
	 * @param payload what to send
	 * @param exceptIds ids of connections that are not to get it
	 * @return how many connections it was queued to
	 * @throws dev.sockets.SocketOperationException when it cannot be encoded
	 */
	int send(@Nullable Object payload, String... exceptIds);

	/**
	 * Closes all of them with reason {@code KICKED}.
	 */
	void kick();

	/**
	 * Returns those of them whose peers are connected to this node.
	 * @return a view too
	 */
	Audience here();

	/**
	 * Returns how many they are now.
	 * @return the number of open connections
	 * @throws IllegalStateException when they are not all of the server's and
	 * {@code sockets.backplane.presence.enabled} is {@code false}
	 */
	long size();

	/**
	 * Returns who they are now.
	 * @return a snapshot, in no order
	 * @throws IllegalStateException when {@code sockets.backplane.presence.enabled} is
	 * {@code false}; not of those {@link #here()}
	 */
	List<ConnectionInfo> members();

}
