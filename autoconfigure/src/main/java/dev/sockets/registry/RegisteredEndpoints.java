package dev.sockets.registry;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops the registered endpoints of one kind with the application, all at the
 * same time. Endpoints may be registered and removed meanwhile.
 */
public final class RegisteredEndpoints implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(RegisteredEndpoints.class);

	private final int phase;

	private final Set<Registration> registrations = ConcurrentHashMap.newKeySet();

	private volatile boolean running;

	/**
	 * Creates an empty group.
	 * @param phase the phase in which endpoints of that kind start and stop
	 */
	public RegisteredEndpoints(int phase) {
		this.phase = phase;
	}

	@Override
	public int getPhase() {
		return this.phase;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public void start() {
		this.running = true;
		this.registrations.forEach(Registration::startWithApplication);
	}

	@Override
	public void stop() {
		CompletableFuture<Void> stopped = new CompletableFuture<>();
		stop(() -> stopped.complete(null));
		stopped.join();
	}

	@Override
	public void stop(Runnable callback) {
		this.running = false;
		List<CompletableFuture<Void>> stopping = this.registrations.stream().map(RegisteredEndpoints::stop).toList();
		CompletableFuture.allOf(stopping.toArray(CompletableFuture[]::new)).thenRun(callback);
	}

	private static CompletableFuture<Void> stop(Registration registration) {
		CompletableFuture<Void> stopped = new CompletableFuture<>();
		try {
			registration.stopWithApplication(() -> stopped.complete(null));
		}
		catch (Throwable ex) {
			stopped.complete(null);
			logger.warn("Endpoint '" + registration.endpoint().getName() + "' could not be stopped", ex);
		}
		return stopped;
	}

	/**
	 * Adds an endpoint, and starts it if the application runs. Looks once more
	 * afterwards, as whoever stops the application or removes the endpoint meanwhile may
	 * have come before the start.
	 */
	void add(Registration registration) {
		this.registrations.add(registration);
		if (this.running && registration.endpoint().isAutoStartup()) {
			registration.endpoint().start();
			if (!this.running || registration.isRemoved()) {
				registration.endpoint().stop();
			}
		}
	}

	void delete(Registration registration) {
		this.registrations.remove(registration);
	}

}
