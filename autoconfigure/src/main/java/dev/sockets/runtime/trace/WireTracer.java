package dev.sockets.runtime.trace;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.MemoryBudget;
import dev.sockets.loop.MemoryShare;

/**
 * Traces the connections of one endpoint when it is told to, one trace at a time. A trace
 * ends by itself, and is forgotten {@value #MINUTES_KEPT} minutes later, or when another
 * one begins. While there is none, all that it costs is to ask whether there is. Open to
 * all threads.
 */
public final class WireTracer {

	private static final int MINUTES_KEPT = 10;

	private final MemoryShare memory;

	/** Asked for each read and write. */
	private volatile @Nullable WireTrace running;

	private @Nullable WireTrace last;

	/**
	 * Creates a tracer that is off.
	 * @param memory counts what traces keep
	 */
	public WireTracer(MemoryBudget memory) {
		this.memory = memory.keptForLater();
	}

	/**
	 * Returns whether a trace runs.
	 * @return whether to tell what goes over the wire
	 */
	public boolean isOn() {
		return this.running != null;
	}

	/**
	 * Begins a trace; the one before it is forgotten.
	 * @param duration how long it lasts
	 * @param connection id of the only connection to trace; {@code null} for all
	 */
	public void start(Duration duration, @Nullable String connection) {
		WireTrace trace = new WireTrace(duration.toNanos(), connection, this.memory);
		replace(trace);
		later(duration, () -> end(trace));
		later(duration.plusMinutes(MINUTES_KEPT), () -> forget(trace));
	}

	private synchronized void replace(WireTrace trace) {
		if (this.last != null) {
			this.last.drop();
		}
		this.last = trace;
		this.running = trace;
	}

	/** What is done is short, so the timer itself does it. */
	private static void later(Duration delay, Runnable task) {
		CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, Runnable::run).execute(task);
	}

	/** Ends the trace before its time, if one runs. What it has is kept. */
	public synchronized void stop() {
		if (this.last != null) {
			end(this.last);
		}
	}

	private synchronized void end(WireTrace trace) {
		trace.end();
		if (this.running == trace) {
			this.running = null;
		}
	}

	private synchronized void forget(WireTrace trace) {
		trace.drop();
		if (this.last == trace) {
			this.last = null;
		}
	}

	/**
	 * Returns the trace that runs, or has ended last.
	 * @return the trace, or empty when there is none
	 */
	public synchronized Optional<WireTrace> last() {
		return Optional.ofNullable(this.last);
	}

	/**
	 * Bytes have gone over a connection; never throws.
	 * @param stream the connection
	 * @param received whether the peer has sent them
	 * @param bytes the bytes; not changed
	 */
	public void add(TracedStream stream, boolean received, ByteBuffer bytes) {
		WireTrace trace = this.running;
		try {
			if (trace != null) {
				trace.add(stream, received, bytes);
			}
		}
		catch (Throwable ex) {
			stop();
		}
	}

}
