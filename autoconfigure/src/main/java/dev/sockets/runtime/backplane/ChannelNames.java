package dev.sockets.runtime.backplane;

import dev.sockets.runtime.backplane.frame.Target;

/**
 * The channels that the frames of an application go by.
 *
 * @param prefix what all begin with
 * @param buckets how many channels the groups and users of a server share
 */
record ChannelNames(String prefix, int buckets) {

	String nodes() {
		return this.prefix + ":nodes";
	}

	String node(String id) {
		return this.prefix + ":node:" + id;
	}

	String all(String server) {
		return this.prefix + ":" + server + ":all";
	}

	/** Returns whether messages to connections of a server go by a channel. */
	boolean isOf(String server, String channel) {
		String start = this.prefix + ":" + server + ":";
		if (!channel.startsWith(start)) {
			return false;
		}
		String rest = channel.substring(start.length());
		return rest.equals("all") || (rest.startsWith("g") && rest.chars().skip(1).allMatch(Character::isDigit));
	}

	/** The same on all nodes, as the hash of a string is defined. */
	String bucket(String server, Target.Kind kind, String name) {
		int hash = 31 * name.hashCode() + kind.ordinal();
		return this.prefix + ":" + server + ":g" + Math.floorMod(hash ^ (hash >>> 16), this.buckets);
	}

	/**
	 * Returns where frames for some connections go.
	 * @param server their server
	 * @param target who they are, not one by its id
	 */
	String of(String server, Target target) {
		return (target.kind() == Target.Kind.ALL) ? all(server) : bucket(server, target.kind(), target.name());
	}

}
