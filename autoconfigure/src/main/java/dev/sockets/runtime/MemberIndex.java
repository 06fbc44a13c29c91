package dev.sockets.runtime;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Members by the names that they go by. A name is there while it has members. Open to all
 * threads.
 *
 * @param <M> the members
 */
public final class MemberIndex<M> {

	private final Map<String, Set<M>> members = new ConcurrentHashMap<>();

	private final Consumer<String> appeared;

	private final Consumer<String> gone;

	/** Creates an index without members. */
	public MemberIndex() {
		this((name) -> {
		}, (name) -> {
		});
	}

	/**
	 * Creates an index without members.
	 * @param appeared told of each name that has a member now; it may take no locks
	 * @param gone told of each name that has none any more, likewise
	 */
	public MemberIndex(Consumer<String> appeared, Consumer<String> gone) {
		this.appeared = appeared;
		this.gone = gone;
	}

	/**
	 * Adds a member.
	 * @param name what it goes by
	 * @param member the member
	 * @return whether it was not there
	 */
	public boolean add(String name, M member) {
		boolean[] added = new boolean[1];
		this.members.compute(name, (key, all) -> {
			Set<M> set = (all != null) ? all : ConcurrentHashMap.newKeySet(1);
			added[0] = set.add(member);
			if (all == null) {
				this.appeared.accept(name);
			}
			return set;
		});
		return added[0];
	}

	/**
	 * Removes a member.
	 * @param name what it has gone by
	 * @param member the member
	 * @return whether it was there
	 */
	public boolean remove(String name, M member) {
		boolean[] removed = new boolean[1];
		this.members.computeIfPresent(name, (key, all) -> {
			removed[0] = all.remove(member);
			if (all.isEmpty()) {
				this.gone.accept(name);
				return null;
			}
			return all;
		});
		return removed[0];
	}

	/**
	 * Returns who goes by a name now.
	 * @param name the name
	 * @return no copy: while it is walked others may come and go, and who stays is met
	 * once
	 */
	public Collection<M> of(String name) {
		return this.members.getOrDefault(name, Set.of());
	}

	/** Returns how many names there are. */
	public int names() {
		return this.members.size();
	}

}
