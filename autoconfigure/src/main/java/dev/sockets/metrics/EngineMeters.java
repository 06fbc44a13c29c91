package dev.sockets.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import dev.sockets.loop.LoopEngine;

/**
 * Binds the meter that says which engine the event loops run on: its value is always 1.
 */
public final class EngineMeters implements MeterBinder {

	private final LoopEngine engine;

	/**
	 * Creates a binder.
	 * @param engine what event loops get their sockets from
	 */
	public EngineMeters(LoopEngine engine) {
		this.engine = engine;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("sockets.engine", () -> 1)
			.description("What event loops get their sockets from")
			.tag("engine", this.engine.name())
			.register(registry);
	}

}
