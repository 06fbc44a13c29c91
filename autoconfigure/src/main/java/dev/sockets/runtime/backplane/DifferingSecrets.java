package dev.sockets.runtime.backplane;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Nodes that are heard and do not take part together with this one, as they have not the
 * same secret: by the ids that they say, which nobody has to believe. Open to all
 * threads; times are those of {@code System.nanoTime()}.
 */
final class DifferingSecrets {

	/** Whoever may publish can make up any number. */
	static final int MOST = 16;

	private record Seen(String why, long at) {

	}

	private final long timeout;

	private final Map<String, Seen> nodes = new LinkedHashMap<>();

	/**
	 * Creates an instance that knows none.
	 * @param timeoutNanos how long a node may be silent
	 */
	DifferingSecrets(long timeoutNanos) {
		this.timeout = timeoutNanos;
	}

	/**
	 * A node was heard.
	 * @param node the id that it says
	 * @param why what is different there
	 * @param now what time it is
	 */
	synchronized void heard(String node, String why, long now) {
		this.nodes.remove(node);
		this.nodes.put(node, new Seen(why, now));
		if (this.nodes.size() > MOST) {
			this.nodes.remove(this.nodes.keySet().iterator().next());
		}
	}

	/** Returns what is different, by node, of those that are there now. */
	synchronized Map<String, String> all(long now) {
		Map<String, String> all = new LinkedHashMap<>();
		Iterator<Map.Entry<String, Seen>> entries = this.nodes.entrySet().iterator();
		while (entries.hasNext()) {
			Map.Entry<String, Seen> entry = entries.next();
			if (now - entry.getValue().at() >= this.timeout) {
				entries.remove();
			}
			else {
				all.put(entry.getKey(), entry.getValue().why());
			}
		}
		return all;
	}

}
