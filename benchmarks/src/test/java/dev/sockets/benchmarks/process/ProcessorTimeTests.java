package dev.sockets.benchmarks.process;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The processor time of a process over a span.
 */
class ProcessorTimeTests {

	private static final long BURNT = TimeUnit.MILLISECONDS.toNanos(100);

	@Test
	void whenAThreadWorksThenItsProcessorTimeCounts() {
		ProcessorTime before = ProcessorTime.of(ProcessHandle.current());
		burn();
		long used = ProcessorTime.of(ProcessHandle.current()).since(before);

		assertThat(used).isGreaterThan(BURNT - TimeUnit.MILLISECONDS.toNanos(30));
	}

	@Test
	void whenThreadHasEndedMeanwhileThenTheClockOfTheProcessCounts() throws Exception {
		ProcessorTime before = ProcessorTime.of(ProcessHandle.current());
		Thread worker = new Thread(ProcessorTimeTests::burn);
		worker.start();
		worker.join();
		long used = ProcessorTime.of(ProcessHandle.current()).since(before);

		assertThat(used).isGreaterThan(BURNT - TimeUnit.MILLISECONDS.toNanos(30));
	}

	@Test
	void whenKernelTellsOfThreadsThenTheirTimeCountsToTheNanosecond() {
		ProcessorTime before = new ProcessorTime(1_000_000_000, Map.of("1", 500_000_007L, "2", 400_000_000L));
		ProcessorTime after = new ProcessorTime(1_110_000_000, Map.of("1", 600_000_000L, "3", 5L));

		assertThat(after.since(before)).isEqualTo(99_999_998);
	}

	@Test
	void whenKernelTellsOnlyOfTheProcessThenItsClockCounts() {
		assertThat(new ProcessorTime(1_020_000_000, Map.of()).since(new ProcessorTime(1_000_000_000, Map.of())))
			.isEqualTo(20_000_000);
	}

	private static void burn() {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		long end = threads.getCurrentThreadCpuTime() + BURNT;
		while (threads.getCurrentThreadCpuTime() < end) {
			Thread.onSpinWait();
		}
	}

}
