package dev.sockets.backplane.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;

import dev.sockets.backplane.BackplaneEngine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps what engines tell, and stops them.
 */
final class RecordingListener implements BackplaneEngine.Listener, AutoCloseable {

	private final List<RedisEngine> engines = new ArrayList<>();

	private final List<String> messages = new CopyOnWriteArrayList<>();

	private final List<String> subscribed = new CopyOnWriteArrayList<>();

	private final List<Throwable> losses = new CopyOnWriteArrayList<>();

	private final AtomicInteger connections = new AtomicInteger();

	RedisEngine start(RedisEngine engine) {
		this.engines.add(engine);
		engine.start(this);
		return engine;
	}

	@Override
	public void received(String channel, byte[] message) {
		if (message.length > 0) {
			this.messages.add(channel + "=" + new String(message, StandardCharsets.UTF_8));
		}
	}

	@Override
	public void subscribed(String channel) {
		this.subscribed.add(channel);
	}

	@Override
	public void connected() {
		this.connections.incrementAndGet();
	}

	@Override
	public void lost(Throwable cause) {
		this.losses.add(cause);
	}

	int connections() {
		return this.connections.get();
	}

	List<Throwable> losses() {
		return this.losses;
	}

	void forget() {
		this.messages.clear();
		this.subscribed.clear();
	}

	void awaitSubscribed(String... channels) {
		Awaitility.await().untilAsserted(() -> assertThat(this.subscribed).contains(channels));
	}

	void awaitMessages(String... messages) {
		Awaitility.await().untilAsserted(() -> assertThat(this.messages).containsExactly(messages));
	}

	@Override
	public void close() {
		this.engines.forEach(RedisEngine::stop);
	}

}
