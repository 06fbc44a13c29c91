package dev.sockets.benchmarks.scenario;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.sockets.benchmarks.process.ProcessorTime;
import dev.sockets.benchmarks.process.ServerProcess;

/**
 * Takes the processor time of processes for a span: from the beginning of the measured
 * time to its end, without the warm-up.
 */
final class ProcessorSpan {

	private static final double NANOS_PER_MICRO = 1000;

	private final List<ServerProcess> processes;

	private Map<ServerProcess, ProcessorTime> before = Map.of();

	private long nanos;

	ProcessorSpan(ServerProcess... processes) {
		this.processes = List.of(processes);
	}

	void begin() {
		this.before = this.processes.stream().collect(Collectors.toMap((each) -> each, ServerProcess::processorTime));
	}

	void end() {
		this.nanos = 0;
		this.before.forEach((process, earlier) -> this.nanos += process.processorTime().since(earlier));
	}

	double nanosFor(double messages) {
		return this.nanos / messages;
	}

	double microsFor(double operations) {
		return nanosFor(operations) / NANOS_PER_MICRO;
	}

}
