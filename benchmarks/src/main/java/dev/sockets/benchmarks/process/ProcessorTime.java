package dev.sockets.benchmarks.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The processor time that a process has used so far, in user and kernel mode: all of it
 * to the clock tick, which is 10 ms, and that of the living threads to the nanosecond
 * where the kernel tells.
 *
 * @param nanos all of it
 * @param threads that of each thread
 */
public record ProcessorTime(long nanos, Map<String, Long> threads) {

	/** By how much both may differ before it is because threads have ended. */
	private static final long TICKS = 30_000_000;

	/**
	 * Reads the clock of a process.
	 * @param process the process
	 * @return what it has used; nothing where there is no {@code /proc}
	 */
	public static ProcessorTime of(ProcessHandle process) {
		Map<String, Long> threads = new HashMap<>();
		Path tasks = Path.of("/proc", Long.toString(process.pid()), "task");
		if (Files.isDirectory(tasks)) {
			read(tasks, threads);
		}
		long nanos = process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
		return new ProcessorTime(nanos, threads);
	}

	private static void read(Path tasks, Map<String, Long> threads) {
		try (DirectoryStream<Path> all = Files.newDirectoryStream(tasks)) {
			for (Path task : all) {
				read(task.resolve("schedstat"), task.getFileName().toString(), threads);
			}
		}
		catch (IOException ex) {
			threads.clear();
		}
	}

	private static void read(Path statistics, String thread, Map<String, Long> threads) {
		try {
			String text = Files.readString(statistics);
			threads.put(thread, Long.parseLong(text.substring(0, text.indexOf(' '))));
		}
		catch (IOException ex) {
			// it has ended meanwhile, or the kernel does not tell
		}
	}

	/**
	 * Returns what was used in between.
	 * @param earlier the same clock, read before
	 * @return nanoseconds
	 */
	public long since(ProcessorTime earlier) {
		long coarse = this.nanos - earlier.nanos;
		long exact = 0;
		for (Map.Entry<String, Long> thread : this.threads.entrySet()) {
			exact += thread.getValue() - earlier.threads.getOrDefault(thread.getKey(), 0L);
		}
		boolean someEnded = this.threads.isEmpty() || Math.abs(coarse - exact) > TICKS;
		return someEnded ? coarse : exact;
	}

}
