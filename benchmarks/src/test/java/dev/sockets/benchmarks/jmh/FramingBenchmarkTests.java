package dev.sockets.benchmarks.jmh;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is measured of each framing is that it finds what it has written.
 */
class FramingBenchmarkTests {

	@ParameterizedTest
	@EnumSource
	void whenAFrameWasWrittenThenItIsFound(MeasuredFraming framing) {
		FramingBenchmark benchmark = new FramingBenchmark();
		benchmark.framing = framing;
		benchmark.prepare();
		assertThat(benchmark.encode()).isGreaterThanOrEqualTo(MeasuredFraming.SIZE);
		for (int i = 0; i < 3; i++) {
			assertThat(benchmark.decode()).isEqualTo(MeasuredFraming.SIZE);
		}
	}

}
