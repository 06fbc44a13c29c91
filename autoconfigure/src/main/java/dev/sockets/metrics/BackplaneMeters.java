package dev.sockets.metrics;

import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;

import dev.sockets.EndpointStatistics.Timing;
import dev.sockets.runtime.backplane.BackplaneStatistics;
import dev.sockets.runtime.backplane.BackplaneWatch;

/**
 * Binds the meters of what leads to other nodes. They read what is counted anyway, when
 * somebody asks.
 */
public final class BackplaneMeters implements MeterBinder {

	private final BackplaneWatch backplane;

	/**
	 * Creates a binder.
	 * @param backplane whose meters are bound
	 */
	public BackplaneMeters(BackplaneWatch backplane) {
		this.backplane = backplane;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		BackplaneStatistics now = this.backplane.statistics();
		Gauge.builder(BackplaneMeter.NODES.meterName(), this.backplane, (watch) -> watch.statistics().nodes())
			.description(BackplaneMeter.NODES.description())
			.register(registry);
		count(registry, BackplaneMeter.PUBLISHED, Tags.empty(), BackplaneStatistics::published);
		count(registry, BackplaneMeter.RECEIVED, Tags.empty(), BackplaneStatistics::received);
		now.dropped()
			.keySet()
			.forEach((reason) -> count(registry, BackplaneMeter.DROPPED, Tags.of("reason", reason),
					(statistics) -> statistics.dropped().getOrDefault(reason, 0L)));
		count(registry, BackplaneMeter.MISSED, Tags.empty(), BackplaneStatistics::missed);
		count(registry, BackplaneMeter.LATE, Tags.empty(), BackplaneStatistics::late);
		pending(registry, "out", BackplaneStatistics::pendingOut);
		pending(registry, "in", BackplaneStatistics::pendingIn);
		time(registry, BackplaneMeter.ROUND_TRIP, Tags.empty(), BackplaneStatistics::roundTrips);
		TimeGauge
			.builder(BackplaneMeter.LAG.meterName(), this.backplane, TimeUnit.NANOSECONDS,
					(watch) -> watch.statistics().lag().toNanos())
			.description(BackplaneMeter.LAG.description())
			.register(registry);
		count(registry, BackplaneMeter.OUTAGES, Tags.empty(), BackplaneStatistics::outages);
		now.requests()
			.keySet()
			.forEach((outcome) -> time(registry, BackplaneMeter.REQUESTS, Tags.of("outcome", outcome),
					(statistics) -> statistics.requests().getOrDefault(outcome, Timing.NONE)));
	}

	private void count(MeterRegistry registry, BackplaneMeter meter, Tags tags,
			ToDoubleFunction<BackplaneStatistics> value) {
		FunctionCounter.builder(meter.meterName(), this.backplane, (watch) -> value.applyAsDouble(watch.statistics()))
			.description(meter.description())
			.tags(tags)
			.register(registry);
	}

	private void pending(MeterRegistry registry, String direction, ToDoubleFunction<BackplaneStatistics> value) {
		Gauge
			.builder(BackplaneMeter.PENDING.meterName(), this.backplane,
					(watch) -> value.applyAsDouble(watch.statistics()))
			.description(BackplaneMeter.PENDING.description())
			.baseUnit("bytes")
			.tag("direction", direction)
			.register(registry);
	}

	private void time(MeterRegistry registry, BackplaneMeter meter, Tags tags,
			Function<BackplaneStatistics, Timing> value) {
		FunctionTimer
			.builder(meter.meterName(), this.backplane, (watch) -> value.apply(watch.statistics()).count(),
					(watch) -> value.apply(watch.statistics()).nanos(), TimeUnit.NANOSECONDS)
			.description(meter.description())
			.tags(tags)
			.register(registry);
	}

}
