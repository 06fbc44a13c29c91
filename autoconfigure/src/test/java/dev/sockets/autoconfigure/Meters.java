package dev.sockets.autoconfigure;

import java.util.Collection;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads the meters of endpoints.
 */
final class Meters {

	private Meters() {
	}

	/** Returns the meters of endpoints. */
	static Collection<Meter> socketMeters(MeterRegistry registry) {
		return registry.getMeters()
			.stream()
			.filter((meter) -> meter.getId().getName().startsWith("sockets."))
			.filter((meter) -> !meter.getId().getName().startsWith("sockets.memory."))
			.filter((meter) -> !meter.getId().getName().equals("sockets.engine"))
			.toList();
	}

	static void awaitValue(MeterRegistry registry, String meter, double value, String... tags) {
		Awaitility.await().untilAsserted(() -> assertThat(value(registry, meter, tags)).as(meter).isEqualTo(value));
	}

	/**
	 * Returns the sum of the values, or counts, of a meter with these tags.
	 */
	static double value(MeterRegistry registry, String meter, String... tags) {
		return registry.get(meter)
			.tags(tags)
			.meters()
			.stream()
			.mapToDouble((found) -> found.measure().iterator().next().getValue())
			.sum();
	}

}
