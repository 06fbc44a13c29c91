package dev.sockets.benchmarks.jmh;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.sockets.codec.Codec;
import dev.sockets.codec.Tuple;
import dev.sockets.codec.pickle.PickleCodec;
import dev.sockets.framing.FrameWindow;
import dev.sockets.framing.Framing;
import dev.sockets.framing.Framings;
import net.razorvine.pickle.Pickler;
import net.razorvine.pickle.Unpickler;
import org.jspecify.annotations.Nullable;
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

/**
 * Encodes and decodes pickles, beside those of {@code net.razorvine}, which writes
 * protocol 2 and reads here what we write. It has arrays for tuples.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PickleBenchmark {

	/** The message. */
	@Param
	public Message message = Message.REQUEST;

	private final Codec codec = PickleCodec.builder().build();

	private final Framing framing = Framings.pickleStream();

	private final FrameWindow window = new FrameWindow();

	private final Pickler pickler = new Pickler(false);

	private final Unpickler unpickler = new Unpickler();

	private Object ours = List.of();

	private Object theirs = List.of();

	private byte[] pickle = {};

	/**
	 * Makes the message.
	 * @throws Exception never
	 */
	@Setup
	public void prepare() throws Exception {
		this.ours = this.message.ours();
		this.theirs = this.message.theirs();
		this.pickle = encode();
	}

	/**
	 * Encodes by our codec.
	 * @return the pickle
	 * @throws Exception never
	 */
	@Benchmark
	public byte[] encode() throws Exception {
		return this.codec.encode(this.ours);
	}

	/**
	 * Encodes by razorvine.
	 * @return the pickle
	 * @throws IOException never
	 */
	@Benchmark
	public byte[] encodeRazorvine() throws IOException {
		return this.pickler.dumps(this.theirs);
	}

	/**
	 * Decodes by our codec.
	 * @return the message
	 * @throws Exception never
	 */
	@Benchmark
	public @Nullable Object decode() throws Exception {
		return this.codec.decode(this.pickle, 0, this.pickle.length);
	}

	/**
	 * Decodes by razorvine.
	 * @return the message
	 * @throws IOException never
	 */
	@Benchmark
	public Object decodeRazorvine() throws IOException {
		return this.unpickler.loads(this.pickle);
	}

	/**
	 * Finds the end by our framing.
	 * @return the length
	 */
	@Benchmark
	public int split() {
		this.window.reset(this.pickle, 0, this.pickle.length, 0, this.pickle.length);
		this.framing.next(this.window);
		return this.window.frameLength();
	}

	/** The messages that are measured. */
	public enum Message {

		/** A request of TCPTalks. */
		REQUEST {

			@Override
			Object ours() {
				return Tuple.of(new byte[] { 'R' }, 0xff, 305419896L, Tuple.of("tu me reçois ?"),
						Map.of("speed", 1.5, "name", "robot"));
			}

			@Override
			Object theirs() {
				return new Object[] { new byte[] { 'R' }, 0xff, 305419896L, new Object[] { "tu me reçois ?" },
						Map.of("speed", 1.5, "name", "robot") };
			}

		},

		/** A hundred orders. */
		ORDERS {

			@Override
			Object ours() {
				return IntStream.range(0, 100)
					.mapToObj((i) -> Map.of("id", 4711 + i, "item", "screw M" + i, "price", i / 8.0))
					.toList();
			}

			@Override
			Object theirs() {
				return ours();
			}

		},

		/** Ten thousand integers. */
		INTEGERS {

			@Override
			Object ours() {
				return IntStream.range(0, 10_000).boxed().toList();
			}

			@Override
			Object theirs() {
				return ours();
			}

		};

		abstract Object ours();

		abstract Object theirs();

	}

}
