package dev.sockets.runtime.multicast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

/**
 * The groups that a receiver is to receive, whether it runs or not. Changed by one thread
 * at a time, read by all.
 */
final class WantedGroups {

	private final String receiver;

	private final List<Group> all = new CopyOnWriteArrayList<>();

	WantedGroups(String receiver, List<String> groups) {
		this.receiver = receiver;
		groups.stream().map(Group::of).forEach(this.all::add);
	}

	List<Group> all() {
		return this.all;
	}

	List<String> texts() {
		return this.all.stream().map(Group::text).toList();
	}

	/**
	 * Returns groups that are to be added, once they are joined.
	 * @throws SocketOperationException when one of them is wanted already
	 */
	List<Group> requireNew(String... texts) {
		List<Group> added = new ArrayList<>();
		for (Group group : parse(texts)) {
			if (find(this.all, group) != null || find(added, group) != null) {
				throw new SocketOperationException(SocketErrorCode.ADDRESS_EXISTS,
						"'" + this.receiver + "' has joined " + group.text() + " already");
			}
			added.add(group);
		}
		return added;
	}

	/**
	 * Returns groups that are to be removed.
	 * @throws SocketOperationException when one of them is not wanted
	 */
	List<Group> requireKnown(String... texts) {
		List<Group> known = new ArrayList<>();
		for (Group group : parse(texts)) {
			Group own = find(this.all, group);
			if (own == null) {
				throw new SocketOperationException(SocketErrorCode.ADDRESS_NOT_FOUND,
						"'" + this.receiver + "' has not joined " + group.text());
			}
			known.add(own);
		}
		return known;
	}

	/** All texts are looked at before any group is. */
	private static List<Group> parse(String... texts) {
		return Arrays.stream(texts).map(Group::of).toList();
	}

	private static @Nullable Group find(List<Group> groups, Group wanted) {
		return groups.stream().filter((group) -> group.address().equals(wanted.address())).findFirst().orElse(null);
	}

	void add(List<Group> groups) {
		this.all.addAll(groups);
	}

	void remove(Group group) {
		this.all.remove(group);
	}

}
