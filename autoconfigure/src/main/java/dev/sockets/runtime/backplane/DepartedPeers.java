package dev.sockets.runtime.backplane;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.sockets.runtime.backplane.frame.SequenceWindow;

/**
 * Which frames of nodes that have gone had come. They may come back; and who shows a
 * heartbeat of theirs again is not to have their frames taken twice, as long as it is
 * recent enough to be taken. Not for several threads.
 */
final class DepartedPeers {

	/** More than nodes leave while their heartbeats are recent. */
	static final int MOST = 128;

	private final Map<Long, Map<String, SequenceWindow>> windows = new LinkedHashMap<>();

	/**
	 * A node has gone.
	 * @param peer the node
	 * @param parted whether it does not send to this one until it is there again
	 */
	void add(Peer peer, boolean parted) {
		if (parted) {
			peer.windows().values().forEach(SequenceWindow::resume);
		}
		this.windows.put(peer.incarnation(), peer.windows());
		if (this.windows.size() > MOST) {
			this.windows.remove(this.windows.keySet().iterator().next());
		}
	}

	/**
	 * A node may be there.
	 * @return its windows by channel, to go on with
	 */
	Map<String, SequenceWindow> find(long incarnation) {
		return this.windows.getOrDefault(incarnation, new HashMap<>());
	}

	/** Returns whether a frame of a node that has gone came before that. */
	boolean isRepeated(long incarnation, String channel, long sequence) {
		SequenceWindow window = find(incarnation).get(channel);
		return window != null && window.isRepeated(sequence);
	}

	/** A node is there. */
	void remove(long incarnation) {
		this.windows.remove(incarnation);
	}

	/** A channel is listened to from now on, which it was not for a while. */
	void resume(String channel) {
		this.windows.values().forEach((channels) -> {
			SequenceWindow window = channels.get(channel);
			if (window != null) {
				window.resume();
			}
		});
	}

}
