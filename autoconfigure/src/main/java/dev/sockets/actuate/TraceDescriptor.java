package dev.sockets.actuate;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketEndpoint;
import dev.sockets.runtime.trace.TracedEndpoint;
import dev.sockets.runtime.trace.WireTrace;

/**
 * What is kept of what went over the wire.
 *
 * @param running whether more is kept
 * @param until when it ends, or was to end, by itself
 * @param connection id of the only connection that is traced; {@code null} for all
 * @param packets how many packets there are
 * @param missingBytes bytes that are not there any more, or were too many
 */
public record TraceDescriptor(boolean running, Instant until, @Nullable String connection, int packets,
		long missingBytes) {

	static @Nullable TraceDescriptor of(SocketEndpoint endpoint) {
		return (endpoint instanceof TracedEndpoint traced)
				? traced.tracer().last().map(TraceDescriptor::of).orElse(null) : null;
	}

	private static TraceDescriptor of(WireTrace trace) {
		return new TraceDescriptor(trace.isRunning(), trace.until(), trace.connection(), trace.packets(),
				trace.missing());
	}

}
