package dev.sockets.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import org.awaitility.Awaitility;

import dev.sockets.backplane.BackplaneEngine;
import dev.sockets.backplane.Outgoing;

/**
 * An engine of a backplane with faults between it and its node.
 */
public final class FaultyEngine implements BackplaneEngine {

	private final BackplaneEngine engine;

	private final AtomicInteger reconnects = new AtomicInteger();

	private final List<Outgoing> published = Collections.synchronizedList(new ArrayList<>());

	private final List<Outgoing> held = new ArrayList<>();

	private final Random random = new Random(1);

	private volatile Listener listener;

	private volatile boolean deaf;

	private volatile boolean mute;

	private volatile boolean untidy;

	private volatile long slowMillis;

	private volatile long distantMillis;

	private volatile Predicate<Outgoing> recorded = (message) -> false;

	private final AtomicLong vain = new AtomicLong();

	private volatile boolean doubtful;

	private final Queue<String> late = new ConcurrentLinkedQueue<>();

	private volatile Predicate<String> delayed = (channel) -> false;

	private volatile Predicate<Outgoing> dropped = (message) -> false;

	private volatile Runnable reconnecting = () -> {
	};

	private final Map<String, Integer> unheard = new ConcurrentHashMap<>();

	/** A node is told one thing at a time, also by a test. */
	private final ReentrantLock telling = new ReentrantLock();

	private final ReentrantLock publishing = new ReentrantLock();

	public FaultyEngine(BackplaneEngine engine) {
		this.engine = engine;
	}

	/** Its node hears nothing, although it is connected, until it connects anew. */
	public void deafen() {
		tell(() -> this.deaf = true);
	}

	/**
	 * Nothing of its node arrives any more, as if it were killed, and it hears nothing.
	 */
	public void kill() {
		pause(true);
	}

	/** Nothing of its node arrives, as if it were paused, until it is released. */
	public void pause(boolean paused) {
		tell(() -> {
			this.mute = paused;
			this.deaf = paused;
		});
	}

	private void tell(Runnable news) {
		this.telling.lock();
		try {
			news.run();
		}
		finally {
			this.telling.unlock();
		}
	}

	/** Returns how many messages of a channel have come and its node has not heard. */
	public int unheard(String channel) {
		return this.unheard.getOrDefault(channel, 0);
	}

	/**
	 * Holds up its node when it publishes, so that nothing comes due there meanwhile.
	 * @param cause has it publish something
	 */
	public void holdUp(Runnable cause) {
		this.publishing.lock();
		cause.run();
		Awaitility.await().until(this.publishing::hasQueuedThreads);
	}

	/** Lets its node go on; called by who has held it up. */
	public void goOn() {
		this.publishing.unlock();
	}

	/** Messages come in any order, and some twice. */
	public void disorder(boolean untidy) {
		this.untidy = untidy;
	}

	/**
	 * It takes so long for each message that comes, as with too little processor time.
	 */
	public void slow(long millis) {
		this.slowMillis = millis;
	}

	/** The broker is so far away that an answer takes so long. */
	public void distant(long millis) {
		this.distantMillis = millis;
	}

	private static void hold(long millis) {
		if (millis > 0) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
		}
	}

	/** Keeps the messages that are published from now on, those of some channels. */
	public void record(Predicate<Outgoing> wanted) {
		this.published.clear();
		this.recorded = wanted;
	}

	public List<Outgoing> published() {
		return List.copyOf(this.published);
	}

	/**
	 * Of what is published it is not known whether it arrives, as the connection is cut
	 * each time: half of it does.
	 */
	public void doubt(boolean doubtful) {
		this.doubtful = doubtful;
	}

	/** Returns how many messages of that kind did not arrive. */
	public long vain() {
		return this.vain.get();
	}

	/**
	 * What its node publishes comes back to it and to nobody else, as from a Redis that
	 * is a replica.
	 */
	public void mirror() {
		drop((message) -> {
			receive(message.channel(), message.message());
			return true;
		});
	}

	/** Messages to some channels never arrive from now on. */
	public void drop(Predicate<Outgoing> dropped) {
		this.dropped = dropped;
	}

	/** Does something whenever its node has it connect anew. */
	public void onReconnect(Runnable action) {
		this.reconnecting = action;
	}

	public int reconnects() {
		return this.reconnects.get();
	}

	/** Tells its node something as if it came from a broker. */
	public void receive(String channel, byte[] message) {
		tell(() -> this.listener.received(channel, message));
	}

	/** Tells its node that the connection is gone. */
	public void lose() {
		tell(() -> {
			pause(true);
			this.listener.lost(new IllegalStateException("The test has cut it"));
		});
	}

	/** Its connection is there again. */
	public void restore() {
		pause(false);
		this.engine.reconnect();
	}

	@Override
	public void start(Listener listener) {
		this.listener = listener;
		this.engine.start(new Listener() {

			@Override
			public void received(String channel, byte[] message) {
				hold(FaultyEngine.this.slowMillis);
				tell(() -> {
					if (FaultyEngine.this.deaf) {
						FaultyEngine.this.unheard.merge(channel, 1, Integer::sum);
					}
					else {
						listener.received(channel, message);
					}
				});
			}

			@Override
			public void subscribed(String channel) {
				tell(() -> {
					if (!FaultyEngine.this.deaf) {
						listener.subscribed(channel);
					}
				});
			}

			@Override
			public void connected() {
				tell(listener::connected);
			}

			@Override
			public void lost(Throwable cause) {
				tell(() -> listener.lost(cause));
			}

		});
	}

	@Override
	public void stop() {
		this.engine.stop();
	}

	@Override
	public void reconnect() {
		this.reconnects.incrementAndGet();
		this.reconnecting.run();
		if (!this.mute) {
			this.deaf = false;
		}
		this.engine.reconnect();
	}

	/** The broker takes its time for some channels, until it is to subscribe to them. */
	public void delaySubscriptions(Predicate<String> delayed) {
		this.delayed = delayed;
	}

	/** It comes to them now. */
	public void subscribeLate() {
		this.delayed = (channel) -> false;
		String channel;
		while ((channel = this.late.poll()) != null) {
			this.engine.subscribe(channel);
		}
	}

	@Override
	public void subscribe(String channel) {
		if (this.delayed.test(channel)) {
			this.late.add(channel);
		}
		else {
			this.engine.subscribe(channel);
		}
	}

	@Override
	public void unsubscribe(String channel) {
		this.engine.unsubscribe(channel);
	}

	@Override
	public CompletionStage<Void> publish(List<Outgoing> burst) {
		burst.stream().filter(this.recorded).forEach(this.published::add);
		hold(this.distantMillis);
		this.publishing.lock();
		try {
			return pass(burst);
		}
		finally {
			this.publishing.unlock();
		}
	}

	private CompletionStage<Void> pass(List<Outgoing> burst) {
		if (this.mute) {
			return CompletableFuture.completedFuture(null);
		}
		if (this.doubtful) {
			return inDoubt(burst);
		}
		List<Outgoing> arriving = burst.stream().filter((message) -> !this.dropped.test(message)).toList();
		return this.engine.publish(this.untidy ? disordered(arriving) : late(arriving));
	}

	private CompletionStage<Void> inDoubt(List<Outgoing> burst) {
		if (this.random.nextBoolean()) {
			this.engine.publish(burst);
		}
		else {
			this.vain.incrementAndGet();
		}
		return CompletableFuture.failedFuture(new IllegalStateException("The test has cut it"));
	}

	/** What was held back comes now. */
	private List<Outgoing> late(List<Outgoing> burst) {
		if (this.held.isEmpty()) {
			return burst;
		}
		List<Outgoing> sent = new ArrayList<>(this.held);
		sent.addAll(burst);
		this.held.clear();
		return sent;
	}

	private List<Outgoing> disordered(List<Outgoing> burst) {
		List<Outgoing> sent = new ArrayList<>(this.held);
		this.held.clear();
		for (Outgoing message : burst) {
			(this.random.nextInt(4) == 0 ? this.held : sent).add(message);
			if (this.random.nextInt(4) == 0) {
				sent.add(message);
			}
		}
		Collections.shuffle(sent, this.random);
		return sent;
	}

}
