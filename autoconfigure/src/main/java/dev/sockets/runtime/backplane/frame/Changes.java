package dev.sockets.runtime.backplane.frame;

import java.util.List;

/**
 * What has changed among the connections of a node; each change counts one.
 *
 * @param from how many changes there were before
 * @param changes the changes, in order
 */
public record Changes(long from, List<Change> changes) {

	/** Returns how many changes there were with these. */
	public long to() {
		return this.from + this.changes.size();
	}

	/**
	 * Reads what {@link #write} has written.
	 * @param in the body
	 * @param node id of the node that it comes from
	 * @return the changes
	 * @throws MalformedFrameException when it is none
	 */
	public static Changes read(BodyReader in, String node) {
		return new Changes(in.readLong(), in.readAll((change) -> PresenceFormat.readChange(change, node)));
	}

	/**
	 * Returns the body.
	 * @param node id of this node
	 */
	public byte[] write(String node) {
		BodyWriter out = new BodyWriter(64 + 40 * this.changes.size()).putLong(this.from);
		return out.putAll(this.changes, (to, change) -> PresenceFormat.write(to, node, change)).toByteArray();
	}

}
