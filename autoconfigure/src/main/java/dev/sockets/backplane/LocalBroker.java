package dev.sockets.backplane;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A broker within this JVM, for tests: several application contexts with an engine each
 * form one logical server. Each engine has a thread that tells its listener; what a slow
 * listener has no room for is lost to it.
 */
public final class LocalBroker {

	private final Map<String, Set<LocalEngine>> subscriptions = new ConcurrentHashMap<>();

	/** Creates a broker that nobody is connected to. */
	public LocalBroker() {
	}

	/**
	 * Creates an engine for one node.
	 * @return the engine, not started
	 */
	public BackplaneEngine engine() {
		return new LocalEngine(this);
	}

	/**
	 * Returns the channels that somebody has subscribed to.
	 * @return their names, a snapshot
	 */
	public Set<String> channels() {
		return Set.copyOf(this.subscriptions.keySet());
	}

	void subscribe(String channel, LocalEngine engine) {
		this.subscriptions.compute(channel, (key, others) -> {
			Set<LocalEngine> engines = (others != null) ? others : ConcurrentHashMap.newKeySet();
			engines.add(engine);
			return engines;
		});
	}

	void unsubscribe(String channel, LocalEngine engine) {
		this.subscriptions.computeIfPresent(channel, (key, engines) -> {
			engines.remove(engine);
			return engines.isEmpty() ? null : engines;
		});
	}

	CompletionStage<Void> publish(List<Outgoing> burst) {
		for (Outgoing outgoing : burst) {
			this.subscriptions.getOrDefault(outgoing.channel(), Set.of())
				.forEach((engine) -> engine.deliver(outgoing.channel(), outgoing.message()));
		}
		return CompletableFuture.completedFuture(null);
	}

}
