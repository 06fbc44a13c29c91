package dev.sockets.runtime.backplane;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.sockets.backplane.BackplaneEngine;

/**
 * Which channels this node hears, and why. Those of groups and users are heard while
 * somebody here is in one of them, and a while longer. Noted by all threads, carried out
 * by the one that publishes.
 */
final class Subscriptions {

	private static final class Wish {

		private int users;

		private long unusedSince;

		private boolean made;

		private CompletableFuture<Void> heard = new CompletableFuture<>();

	}

	private final BackplaneEngine engine;

	private final long linger;

	private final Runnable wake;

	private final Map<String, Wish> wishes = new HashMap<>();

	private final Set<String> heard = ConcurrentHashMap.newKeySet();

	/**
	 * Creates an instance that wants to hear nothing.
	 * @param engine brings it about
	 * @param lingerNanos how long a channel is heard that nobody needs
	 * @param wake has the publishing thread call {@link #apply}
	 */
	Subscriptions(BackplaneEngine engine, long lingerNanos, Runnable wake) {
		this.engine = engine;
		this.linger = lingerNanos;
		this.wake = wake;
	}

	/** Somebody more needs a channel. */
	void add(String channel) {
		boolean isNew;
		synchronized (this) {
			Wish wish = this.wishes.computeIfAbsent(channel, (key) -> new Wish());
			wish.users++;
			isNew = !wish.made;
		}
		if (isNew) {
			this.wake.run();
		}
	}

	/** Somebody less needs a channel. */
	synchronized void remove(String channel) {
		Wish wish = this.wishes.get(channel);
		if (wish != null && --wish.users == 0) {
			wish.unusedSince = System.nanoTime();
		}
	}

	/**
	 * Returns when a channel is heard.
	 * @return completed when it is; {@code null} when nobody needs it
	 */
	synchronized @Nullable CompletableFuture<Void> whenHeard(String channel) {
		Wish wish = this.wishes.get(channel);
		return (wish != null) ? wish.heard : null;
	}

	/** Returns whether what this node publishes there comes back. */
	boolean isHeard(String channel) {
		return this.heard.contains(channel);
	}

	/**
	 * Has the engine do what was wished.
	 * @param begun told of each channel before it is heard
	 */
	void apply(Consumer<String> begun) {
		List<String> made = new ArrayList<>();
		List<String> given = new ArrayList<>();
		synchronized (this) {
			long now = System.nanoTime();
			this.wishes.entrySet().removeIf((entry) -> {
				Wish wish = entry.getValue();
				boolean unused = wish.users == 0 && now - wish.unusedSince >= this.linger;
				if (unused && wish.made) {
					given.add(entry.getKey());
				}
				else if (!unused && !wish.made) {
					wish.made = true;
					made.add(entry.getKey());
				}
				return unused;
			});
		}
		given.forEach((channel) -> {
			this.heard.remove(channel);
			this.engine.unsubscribe(channel);
		});
		made.forEach((channel) -> {
			begun.accept(channel);
			this.engine.subscribe(channel);
		});
	}

	/**
	 * The engine hears a channel.
	 * @return completes who waits for that, if somebody does
	 */
	@Nullable Runnable heard(String channel) {
		CompletableFuture<Void> waiting;
		synchronized (this) {
			Wish wish = this.wishes.get(channel);
			if (wish == null || !wish.made) {
				return null;
			}
			this.heard.add(channel);
			waiting = wish.heard;
		}
		return waiting.isDone() ? null : () -> waiting.complete(null);
	}

	/** The engine hears nothing until it says so. */
	synchronized void lost() {
		this.heard.clear();
		for (Wish wish : this.wishes.values()) {
			if (wish.heard.isDone()) {
				wish.heard = new CompletableFuture<>();
			}
		}
	}

	/** Nothing is wished any more. */
	synchronized void clear() {
		this.wishes.clear();
		this.heard.clear();
	}

	synchronized int size() {
		return this.wishes.size();
	}

}
