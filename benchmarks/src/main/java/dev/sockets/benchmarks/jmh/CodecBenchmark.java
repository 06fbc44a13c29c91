package dev.sockets.benchmarks.jmh;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.json.JsonMapper;

import dev.sockets.codec.Codec;
import dev.sockets.codec.Codecs;

/**
 * Encodes and decodes 63 bytes of text, and a small order as JSON.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class CodecBenchmark {

	private final String text = "x".repeat(63);

	private final Map<String, Object> order = Map.of("id", 4711, "item", "screw M4", "count", 250);

	private final Codec textCodec = Codecs.text(StandardCharsets.UTF_8);

	private final Codec jsonCodec = Codecs.json(JsonMapper.builder().build(), Object.class);

	private byte[] textBytes = {};

	private byte[] jsonBytes = {};

	/**
	 * Encodes what is to be decoded.
	 * @throws Exception never
	 */
	@Setup
	public void prepare() throws Exception {
		this.textBytes = encodeText();
		this.jsonBytes = encodeJson();
	}

	/**
	 * Encodes text.
	 * @return the bytes
	 * @throws Exception never
	 */
	@Benchmark
	public byte[] encodeText() throws Exception {
		return this.textCodec.encode(this.text);
	}

	/**
	 * Decodes text.
	 * @return the text
	 * @throws Exception never
	 */
	@Benchmark
	public @Nullable Object decodeText() throws Exception {
		return this.textCodec.decode(this.textBytes, 0, this.textBytes.length);
	}

	/**
	 * Encodes JSON.
	 * @return the bytes
	 * @throws Exception never
	 */
	@Benchmark
	public byte[] encodeJson() throws Exception {
		return this.jsonCodec.encode(this.order);
	}

	/**
	 * Decodes JSON.
	 * @return a map
	 * @throws Exception never
	 */
	@Benchmark
	public @Nullable Object decodeJson() throws Exception {
		return this.jsonCodec.decode(this.jsonBytes, 0, this.jsonBytes.length);
	}

}
