package dev.sockets.backplane;

import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The engine of one node on a {@link LocalBroker}.
 */
final class LocalEngine implements BackplaneEngine {

	private static final int MOST_WAITING = 64 * 1024;

	private final LocalBroker broker;

	private final Set<String> channels = ConcurrentHashMap.newKeySet();

	private final BlockingQueue<Consumer<Listener>> news = new LinkedBlockingQueue<>(MOST_WAITING);

	private volatile @Nullable Thread thread;

	LocalEngine(LocalBroker broker) {
		this.broker = broker;
	}

	@Override
	public void start(Listener listener) {
		Thread teller = new Thread(() -> tell(listener), "sockets-local-backplane");
		teller.setDaemon(true);
		this.thread = teller;
		this.news.add(Listener::connected);
		teller.start();
	}

	private void tell(Listener listener) {
		try {
			while (this.thread == Thread.currentThread()) {
				this.news.take().accept(listener);
			}
		}
		catch (InterruptedException ex) {
			// It has stopped.
		}
	}

	@Override
	public void stop() {
		Thread teller = this.thread;
		this.thread = null;
		this.channels.forEach((channel) -> this.broker.unsubscribe(channel, this));
		this.channels.clear();
		this.news.clear();
		if (teller != null) {
			teller.interrupt();
		}
	}

	@Override
	public void reconnect() {
		if (this.thread != null) {
			this.news.clear();
			this.news.add((listener) -> listener.lost(new BackplaneOutageException("Nothing was heard any more")));
			this.news.add(Listener::connected);
			this.channels.forEach((channel) -> this.news.add((listener) -> listener.subscribed(channel)));
		}
	}

	@Override
	public void subscribe(String channel) {
		if (this.thread != null && this.channels.add(channel)) {
			this.broker.subscribe(channel, this);
			this.news.add((listener) -> listener.subscribed(channel));
		}
	}

	@Override
	public void unsubscribe(String channel) {
		this.channels.remove(channel);
		this.broker.unsubscribe(channel, this);
	}

	@Override
	public CompletionStage<Void> publish(List<Outgoing> burst) {
		return this.broker.publish(burst);
	}

	/** Called by the threads of publishers. */
	void deliver(String channel, byte[] message) {
		this.news.offer((listener) -> listener.received(channel, message));
	}

}
