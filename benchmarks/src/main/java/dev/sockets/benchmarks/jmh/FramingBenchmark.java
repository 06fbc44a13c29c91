package dev.sockets.benchmarks.jmh;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
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
 * Writes and finds a frame of 63 bytes.
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
	public Kind framing = Kind.LINE;

	private final byte[] payload = "x".repeat(63).getBytes(StandardCharsets.US_ASCII);

	private final FrameOutput output = new FrameOutput(256);

	private final FrameWindow window = new FrameWindow();

	private Framing measured = Framings.line();

	/** Makes the frame. */
	@Setup
	public void prepare() {
		this.measured = switch (this.framing) {
			case LINE -> Framings.line();
			case CRLF -> Framings.crlf();
			case STX_ETX -> Framings.stxEtx();
			case LENGTH4 -> Framings.lengthPrefixed(4, ByteOrder.BIG_ENDIAN, false);
		};
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
		this.measured.next(this.window);
		return this.window.frameLength();
	}

	/** The framings that are measured. */
	public enum Kind {

		/** Ends with LF. */
		LINE,

		/** Ends with CR LF. */
		CRLF,

		/** Between STX and ETX. */
		STX_ETX,

		/** After its length in four bytes. */
		LENGTH4

	}

}
