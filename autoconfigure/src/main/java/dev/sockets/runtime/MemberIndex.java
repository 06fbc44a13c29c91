package dev.sockets.runtime;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentHashMap.KeySetView;
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
			if (all == null) {
				added[0] = true;
				this.appeared.accept(name);
				return Set.of(member);
			}
			if (all.contains(member)) {
				return all;
			}
			added[0] = true;
			Set<M> several = (all instanceof KeySetView) ? all : several(all);
			several.add(member);
			return several;
		});
		return added[0];
	}

	/** Most users have one connection, for which a set that may grow is large. */
	private Set<M> several(Set<M> one) {
		Set<M> several = ConcurrentHashMap.newKeySet(2);
		several.addAll(one);
		return several;
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
			removed[0] = all.contains(member);
			if (removed[0] && all.size() == 1) {
				this.gone.accept(name);
				return null;
			}
			if (removed[0]) {
				all.remove(member);
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
