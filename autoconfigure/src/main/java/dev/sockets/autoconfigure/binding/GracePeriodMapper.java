package dev.sockets.autoconfigure.binding;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.convert.DurationStyle;

import dev.sockets.autoconfigure.properties.TcpServerProperties;

/**
 * Maps {@code shutdown.grace-period}. One that is longer than Spring Boot waits would be
 * cut short.
 */
final class GracePeriodMapper {

	private static final String KEY = "shutdown.grace-period";

	private static final String LIMIT = "spring.lifecycle.timeout-per-shutdown-phase";

	private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(30);

	private final NamedBeans beans;

	GracePeriodMapper(NamedBeans beans) {
		this.beans = beans;
	}

	/**
	 * Returns the period. One that nobody has set is not refused where Spring Boot was
	 * told to wait less.
	 */
	Duration map(BoundEntry<TcpServerProperties> entry) {
		Duration period = entry.properties().getShutdown().getGracePeriod();
		Duration limit = limit();
		if (entry.isMeant(KEY) && period.compareTo(limit) > 0) {
			throw entry.invalid(KEY, period,
					"at most %s, as Spring Boot waits no longer before it goes on: raise '%s' too, or lower this one"
						.formatted(text(limit), LIMIT));
		}
		return period;
	}

	private static String text(Duration duration) {
		ChronoUnit unit = (duration.getNano() == 0) ? ChronoUnit.SECONDS : ChronoUnit.MILLIS;
		return DurationStyle.SIMPLE.print(duration, unit);
	}

	private Duration limit() {
		return this.beans.environment()
			.map((environment) -> Binder.get(environment).bind(LIMIT, Duration.class).orElse(DEFAULT_LIMIT))
			.orElse(DEFAULT_LIMIT);
	}

}
