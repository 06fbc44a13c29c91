package dev.sockets.test;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.SmartLifecycle;

import dev.sockets.SocketEndpoint;
import dev.sockets.runtime.Phases;

/**
 * Starts the clients and senders that would start by themselves outside of tests, when
 * they stay within the context: not before all servers and receivers are known. Says
 * which ones it leaves alone, once.
 */
final class LocalStarts implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(LocalStarts.class);

	private final Map<String, BooleanSupplier> waiting = new ConcurrentSkipListMap<>();

	private final Map<String, String> reasons = new ConcurrentHashMap<>();

	private final BeanFactory beanFactory;

	private volatile boolean running;

	LocalStarts(BeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Has an endpoint started with the context, or not.
	 * @param name its name
	 * @param staysHere whether it is, asked when it would start
	 * @param reason why it is not, to be logged
	 */
	void add(String name, BooleanSupplier staysHere, String reason) {
		this.reasons.put(name, reason);
		this.waiting.put(name, staysHere);
	}

	@Override
	public void start() {
		this.running = true;
		this.waiting.forEach((name, staysHere) -> {
			if (staysHere.getAsBoolean()) {
				this.beanFactory.getBean(name, SocketEndpoint.class).start();
				return;
			}
			String reason = this.reasons.remove(name);
			if (reason != null) {
				logger.info("'" + name + "' is not started in this test: " + reason);
			}
		});
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return Phases.CLIENTS;
	}

}
