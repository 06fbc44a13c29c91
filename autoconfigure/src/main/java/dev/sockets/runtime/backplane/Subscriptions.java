package dev.sockets.runtime.backplane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.sockets.backplane.BackplaneEngine;
import dev.sockets.runtime.Promise;

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

	}

	private record Waiter(CompletableFuture<Void> heard, long deadline) {

	}

	private final BackplaneEngine engine;

	private final long linger;

	private final Runnable wake;

	private final Map<String, Wish> wishes = new HashMap<>();

	private final Set<String> heard = ConcurrentHashMap.newKeySet();

	/** Who waits for a channel to be heard, those who have waited longest first. */
	private final Map<String, Deque<Waiter>> waiting = new HashMap<>();

	private final long patience;

	/**
	 * Creates an instance that wants to hear nothing.
	 * @param engine brings it about
	 * @param lingerNanos how long a channel is heard that nobody needs
	 * @param patienceNanos how long somebody waits for a channel to be heard
	 * @param wake has the publishing thread call {@link #apply}
	 */
	Subscriptions(BackplaneEngine engine, long lingerNanos, long patienceNanos, Runnable wake) {
		this.engine = engine;
		this.linger = lingerNanos;
		this.patience = patienceNanos;
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
	 * @return completed when it is, or exceptionally by who takes it from {@link #late
	 * late} or {@link #clear}; {@code null} when nobody needs it
	 */
	@Nullable CompletableFuture<Void> whenHeard(String channel) {
		CompletableFuture<Void> result = new Promise<>();
		synchronized (this) {
			if (!this.wishes.containsKey(channel)) {
				return null;
			}
			if (isHeard(channel)) {
				result.complete(null);
				return result;
			}
			this.waiting.computeIfAbsent(channel, (key) -> new ArrayDeque<>())
				.add(new Waiter(result, System.nanoTime() + this.patience));
		}
		this.wake.run();
		return result;
	}

	/** Takes those who have waited for too long. */
	synchronized List<CompletableFuture<Void>> late(long now) {
		List<CompletableFuture<Void>> late = new ArrayList<>();
		this.waiting.values().removeIf((waiters) -> {
			while (!waiters.isEmpty() && now - waiters.getFirst().deadline() >= 0) {
				late.add(waiters.removeFirst().heard());
			}
			return waiters.isEmpty();
		});
		return late;
	}

	/** Returns whether somebody waits. */
	synchronized boolean isAwaited() {
		return !this.waiting.isEmpty();
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
	synchronized @Nullable Runnable heard(String channel) {
		Wish wish = this.wishes.get(channel);
		if (wish == null || !wish.made) {
			return null;
		}
		this.heard.add(channel);
		Deque<Waiter> waiters = this.waiting.remove(channel);
		return (waiters != null) ? () -> waiters.forEach((waiter) -> waiter.heard().complete(null)) : null;
	}

	/** The engine hears nothing until it says so. */
	synchronized void lost() {
		this.heard.clear();
	}

	/**
	 * Nothing is wished any more.
	 * @return those who wait
	 */
	synchronized List<CompletableFuture<Void>> clear() {
		this.wishes.clear();
		this.heard.clear();
		List<CompletableFuture<Void>> left = this.waiting.values()
			.stream()
			.flatMap(Deque::stream)
			.map(Waiter::heard)
			.toList();
		this.waiting.clear();
		return left;
	}

	synchronized int size() {
		return this.wishes.size();
	}

}
