package dev.sockets.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import dev.sockets.loop.MemoryBudget;

/**
 * Binds the meters of the memory that all endpoints share for what waits.
 */
public final class MemoryMeters implements MeterBinder {

	private final MemoryBudget memory;

	/**
	 * Creates a binder.
	 * @param memory whose meters are bound
	 */
	public MemoryMeters(MemoryBudget memory) {
		this.memory = memory;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("sockets.memory.used", this.memory, MemoryBudget::used)
			.description("Bytes kept for peers and handlers that take longer")
			.baseUnit("bytes")
			.register(registry);
		Gauge.builder("sockets.memory.max", this.memory, MemoryBudget::max)
			.description("Most bytes that may be kept")
			.baseUnit("bytes")
			.register(registry);
	}

}
