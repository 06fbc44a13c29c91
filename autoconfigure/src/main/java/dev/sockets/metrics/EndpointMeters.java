package dev.sockets.metrics;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import org.jspecify.annotations.Nullable;

import dev.sockets.EndpointKind;
import dev.sockets.EndpointStatistics;
import dev.sockets.EndpointStatistics.Timing;
import dev.sockets.SocketEndpoint;
import dev.sockets.registry.WatchedEndpoint;
import dev.sockets.tcp.TcpServer;

/**
 * The meters of one endpoint. They read what the endpoint counts anyway, when somebody
 * asks: a registry holds on to them only as long as this object is there. An endpoint
 * that says neither its kind nor what it counts has none.
 */
final class EndpointMeters {

	private record Bound(MeterRegistry registry, Meter meter) {

	}

	private final WatchedEndpoint endpoint;

	private final Readings readings;

	private final @Nullable EndpointKind kind;

	private final Tags tags;

	private final List<Bound> bound = new ArrayList<>();

	EndpointMeters(WatchedEndpoint endpoint) {
		this.endpoint = endpoint;
		this.readings = new Readings(endpoint);
		this.kind = endpoint.kind();
		this.tags = Tags.of("name", endpoint.name(), "kind", String.valueOf(this.kind));
	}

	void bindTo(MeterRegistry registry) {
		EndpointStatistics now = this.readings.latest();
		if (this.kind != null && now != null) {
			bindTo(registry, this.kind, now);
		}
	}

	private void bindTo(MeterRegistry registry, EndpointKind kind, EndpointStatistics now) {
		switch (kind) {
			case TCP_SERVER -> {
				bindConnections(registry, now);
				count(registry, SocketMeter.CONNECTIONS_REJECTED, (statistics) -> statistics.connections().rejected(),
						now);
				gauge(registry, SocketMeter.ADDRESSES_BANNED, null, (statistics) -> statistics.connections().banned());
				bindPresence(registry);
			}
			case TCP_CLIENT -> {
				bindConnections(registry, now);
				count(registry, SocketMeter.RECONNECTS, (statistics) -> statistics.connections().reconnects());
			}
			case MULTICAST_RECEIVER, UDP_RECEIVER ->
				count(registry, SocketMeter.DATAGRAMS_DROPPED, (statistics) -> statistics.datagrams().dropped(), now);
			default -> {
			}
		}
		bindMessages(registry, now);
		if (expiry(this.endpoint).isPresent()) {
			bindCertificate(registry);
		}
		count(registry, SocketMeter.EVENTS_DROPPED, EndpointStatistics::eventsDropped);
		if (now.inboxSize() != null) {
			gauge(registry, SocketMeter.INBOX_SIZE, null, (statistics) -> size(statistics.inboxSize()));
		}
	}

	private void bindConnections(MeterRegistry registry, EndpointStatistics now) {
		gauge(registry, SocketMeter.CONNECTIONS_ACTIVE, null, (statistics) -> statistics.connections().open());
		gauge(registry, SocketMeter.CONNECTIONS_MAX, null, (statistics) -> statistics.connections().max());
		count(registry, SocketMeter.CONNECTIONS_OPENED, (statistics) -> statistics.connections().opened());
		count(registry, SocketMeter.CONNECTIONS_CLOSED, (statistics) -> statistics.connections().closed(), now);
		gauge(registry, SocketMeter.OUTBOUND_PENDING, "bytes", (statistics) -> statistics.connections().pendingBytes());
		time(registry, SocketMeter.HANDLER, this.tags, EndpointStatistics::handling);
		time(registry, SocketMeter.REQUESTS, EndpointStatistics::requests, now);
	}

	private void bindMessages(MeterRegistry registry, EndpointStatistics now) {
		count(registry, SocketMeter.MESSAGES_RECEIVED, (statistics) -> statistics.messages().received());
		count(registry, SocketMeter.MESSAGES_SENT, (statistics) -> statistics.messages().sent());
		count(registry, SocketMeter.MESSAGES_FAILED, (statistics) -> statistics.messages().failed(), now);
		count(registry, SocketMeter.BYTES_RECEIVED, (statistics) -> statistics.messages().bytesReceived());
		count(registry, SocketMeter.BYTES_SENT, (statistics) -> statistics.messages().bytesSent());
	}

	private void bindPresence(MeterRegistry registry) {
		SocketMeter meter = SocketMeter.PRESENCE_CONNECTIONS;
		add(registry,
				Gauge.builder(meter.meterName(), this.endpoint, EndpointMeters::connectionsEverywhere)
					.description(meter.description())
					.tags(this.tags)
					.register(registry));
	}

	private static double connectionsEverywhere(WatchedEndpoint endpoint) {
		return endpoint.ask((server) -> (server instanceof TcpServer known) ? (double) known.presence().size() : null)
			.orElse(Double.NaN);
	}

	private void bindCertificate(MeterRegistry registry) {
		SocketMeter meter = SocketMeter.CERTIFICATE_EXPIRY;
		add(registry,
				TimeGauge.builder(meter.meterName(), this.endpoint, TimeUnit.SECONDS, EndpointMeters::secondsLeft)
					.description(meter.description())
					.tags(this.tags)
					.register(registry));
	}

	private static double secondsLeft(WatchedEndpoint endpoint) {
		return expiry(endpoint).map((expiry) -> (double) Instant.now().until(expiry, ChronoUnit.SECONDS))
			.orElse(Double.NaN);
	}

	private static Optional<Instant> expiry(WatchedEndpoint endpoint) {
		return endpoint.ask(SocketEndpoint::getCertificateExpiry).flatMap(Function.identity());
	}

	void remove() {
		this.bound.forEach((bound) -> bound.registry().remove(bound.meter()));
		this.bound.clear();
	}

	private void gauge(MeterRegistry registry, SocketMeter meter, @Nullable String unit,
			ToDoubleFunction<EndpointStatistics> value) {
		add(registry,
				Gauge.builder(meter.meterName(), this.readings, (readings) -> readings.value(value))
					.description(meter.description())
					.baseUnit(unit)
					.tags(this.tags)
					.register(registry));
	}

	private void count(MeterRegistry registry, SocketMeter meter, ToDoubleFunction<EndpointStatistics> value) {
		count(registry, meter, this.tags, value);
	}

	private void count(MeterRegistry registry, SocketMeter meter,
			Function<EndpointStatistics, Map<String, Long>> values, EndpointStatistics now) {
		values.apply(now)
			.keySet()
			.forEach((key) -> count(registry, meter, tags(meter, key),
					(statistics) -> values.apply(statistics).getOrDefault(key, 0L)));
	}

	private void count(MeterRegistry registry, SocketMeter meter, Tags tags,
			ToDoubleFunction<EndpointStatistics> value) {
		add(registry,
				FunctionCounter.builder(meter.meterName(), this.readings, (readings) -> readings.value(value))
					.description(meter.description())
					.tags(tags)
					.register(registry));
	}

	private void time(MeterRegistry registry, SocketMeter meter,
			Function<EndpointStatistics, Map<String, Timing>> values, EndpointStatistics now) {
		values.apply(now)
			.keySet()
			.forEach((key) -> time(registry, meter, tags(meter, key),
					(statistics) -> values.apply(statistics).getOrDefault(key, Timing.NONE)));
	}

	private void time(MeterRegistry registry, SocketMeter meter, Tags tags,
			Function<EndpointStatistics, Timing> value) {
		add(registry,
				FunctionTimer
					.builder(meter.meterName(), this.readings, (readings) -> readings.timing(value).count(),
							(readings) -> readings.timing(value).nanos(), TimeUnit.NANOSECONDS)
					.description(meter.description())
					.tags(tags)
					.register(registry));
	}

	private void add(MeterRegistry registry, Meter meter) {
		this.bound.add(new Bound(registry, meter));
	}

	private Tags tags(SocketMeter meter, String value) {
		return (meter.tag() != null) ? this.tags.and(meter.tag(), value) : this.tags;
	}

	private static double size(@Nullable Integer size) {
		return (size != null) ? size : Double.NaN;
	}

}
