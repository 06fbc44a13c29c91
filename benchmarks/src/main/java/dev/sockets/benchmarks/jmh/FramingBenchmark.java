package dev.sockets.benchmarks.jmh;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import dev.sockets.framing.FrameOutput;
import dev.sockets.framing.FrameWindow;
import dev.sockets.framing.Framing;
import dev.sockets.framing.Framings;

/**
 * Writes and finds a frame of 63 bytes. What only the end of the stream or a silence ends
 * is looked at twice, as it is received.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class FramingBenchmark {

	private static final int MAX_FRAME = 64 * 1024;

	/** The framing. */
	@Param
	public MeasuredFraming framing = MeasuredFraming.LINE;

	private byte[] payload = new byte[0];

	private final FrameOutput output = new FrameOutput(256);

	private final FrameWindow window = new FrameWindow();

	private Framing measured = Framings.line();

	/** Makes the frame. */
	@Setup
	public void prepare() {
		this.measured = this.framing.framing();
		this.payload = this.framing.payload();
		encode();
	}

	/**
	 * Writes a frame.
	 * @return its size
	 */
	@Benchmark
	public int encode() {
		this.output.reset();
		this.measured.encode(this.payload, this.output);
		return this.output.size();
	}

	/**
	 * Finds a frame.
	 * @return the length of its payload
	 */
	@Benchmark
	public int decode() {
		this.window.reset(this.output.array(), 0, this.output.size(), 0, MAX_FRAME);
		if (!this.measured.next(this.window)) {
			this.measured.end(this.window);
		}
		return this.window.frameLength();
	}

}
