package dev.sockets.runtime.backplane;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

import org.jspecify.annotations.Nullable;

import dev.sockets.runtime.backplane.frame.Snapshot;

/**
 * What those that have asked are still to be told of the connections here. They get one
 * part after the other, in turn: all at once would fill what waits for the engine when
 * there are many connections, or many nodes ask at once. Guarded by its owner.
 */
final class SnapshotQueue {

	/**
	 * What goes out next.
	 *
	 * @param asker incarnation of the node that has asked
	 * @param part what it is told
	 */
	record Part(long asker, Snapshot part) {

	}

	private final Map<Long, Queue<Snapshot>> waiting = new LinkedHashMap<>();

	/**
	 * Returns whether a node has not been told all yet. When it asks again meanwhile it
	 * has only waited for long.
	 * @param asker its incarnation
	 */
	boolean isTelling(long asker) {
		return this.waiting.containsKey(asker);
	}

	/**
	 * A node has asked.
	 * @param asker its incarnation
	 * @param parts what it is to be told
	 */
	void add(long asker, List<Snapshot> parts) {
		this.waiting.put(asker, new ArrayDeque<>(parts));
	}

	/** Takes the next part; {@code null} when there is none. */
	@Nullable Part take() {
		if (this.waiting.isEmpty()) {
			return null;
		}
		Map.Entry<Long, Queue<Snapshot>> first = this.waiting.entrySet().iterator().next();
		this.waiting.remove(first.getKey());
		Part taken = new Part(first.getKey(), first.getValue().remove());
		if (!first.getValue().isEmpty()) {
			this.waiting.put(first.getKey(), first.getValue());
		}
		return taken;
	}

}
