package dev.sockets.codec.pickle;

import org.jspecify.annotations.Nullable;

import dev.sockets.codec.PickledObject.Kind;

/**
 * What an object is to be made of. Arguments, keyword arguments and state are of the peer
 * and may be anything.
 */
final class ObjectNode extends Node {

	private final Kind kind;

	private final @Nullable Object callee;

	private final @Nullable Object args;

	private final @Nullable Object keywords;

	private @Nullable CollectionNode items;

	private @Nullable CollectionNode entries;

	private @Nullable Object state;

	ObjectNode(Kind kind, @Nullable Object callee, @Nullable Object args, @Nullable Object keywords) {
		this.kind = kind;
		this.callee = callee;
		this.args = args;
		this.keywords = keywords;
	}

	Kind kind() {
		return this.kind;
	}

	@Nullable Object callee() {
		return this.callee;
	}

	@Nullable Object args() {
		return this.args;
	}

	@Nullable Object keywords() {
		return this.keywords;
	}

	/**
	 * Returns what is appended to it; {@code null} for nothing.
	 */
	@Nullable CollectionNode items() {
		return this.items;
	}

	/**
	 * Returns what is put into it; {@code null} for nothing.
	 */
	@Nullable CollectionNode entries() {
		return this.entries;
	}

	@Nullable Object state() {
		return this.state;
	}

	CollectionNode itemsToAddTo() {
		CollectionNode items = this.items;
		if (items == null) {
			items = new CollectionNode(CollectionNode.Kind.LIST);
			this.items = items;
		}
		return items;
	}

	CollectionNode entriesToAddTo() {
		CollectionNode entries = this.entries;
		if (entries == null) {
			entries = new CollectionNode(CollectionNode.Kind.DICT);
			this.entries = entries;
		}
		return entries;
	}

	void build(@Nullable Object state) {
		if (this.state != null) {
			throw PickleFault.received("an object with two states");
		}
		this.state = state;
	}

}
