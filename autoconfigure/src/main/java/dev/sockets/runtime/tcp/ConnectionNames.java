package dev.sockets.runtime.tcp;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Connections by names of their peers, of which several may have the same. Open to all
 * threads.
 */
public final class ConnectionNames {

	private final Map<String, List<DefaultConnection>> connections = new ConcurrentHashMap<>();

	/**
	 * Returns the connections of a name.
	 * @param name the name
	 * @return a snapshot, the newest first
	 */
	public List<DefaultConnection> find(String name) {
		return this.connections.getOrDefault(name, List.of());
	}

	/** Adds the newest connection of a name. */
	public void add(String name, DefaultConnection connection) {
		this.connections.compute(name, (key, others) -> (others != null)
				? Stream.concat(Stream.of(connection), without(others, connection)).toList() : List.of(connection));
	}

	public void remove(String name, DefaultConnection connection) {
		this.connections.computeIfPresent(name, (key, all) -> {
			List<DefaultConnection> others = without(all, connection).toList();
			return others.isEmpty() ? null : others;
		});
	}

	private static Stream<DefaultConnection> without(List<DefaultConnection> all, DefaultConnection connection) {
		return all.stream().filter((one) -> one != connection);
	}

}
