package dev.sockets.event;

import dev.sockets.EventKind;
import dev.sockets.tcp.TcpServer;

/**
 * Something that another node has sent for connections here has not reached them. Told of
 * all that is missed within a moment together.
 */
public final class FramesMissedEvent extends BackplaneEvent {

	private static final long serialVersionUID = 1L;

	private final String node;

	private final long count;

	/**
	 * Creates an event.
	 * @param source the server
	 * @param node id of the other node
	 * @param count how many frames are missing
	 */
	public FramesMissedEvent(TcpServer source, String node, long count) {
		super(source);
		this.node = node;
		this.count = count;
	}

	/**
	 * Returns who has sent them.
	 * @return the node's id
	 */
	public String getNode() {
		return this.node;
	}

	/**
	 * Returns how many are missing.
	 * @return the number; of groups and users that share a channel, and of what was for
	 * this node alone, all count
	 */
	public long getCount() {
		return this.count;
	}

	@Override
	public EventKind getKind() {
		return EventKind.FRAMES_MISSED;
	}

}
