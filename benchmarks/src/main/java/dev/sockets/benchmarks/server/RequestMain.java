package dev.sockets.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.HdrHistogram.Histogram;

/**
 * The process of a client: many threads that ask over one connection and wait, each for
 * its own answer. Prints how many requests were answered, and the median and the 99th
 * percentile of their microseconds.
 */
public final class RequestMain {

	/** What the process says when it has warmed up, and then waits to be told. */
	public static final String WARM = "warm";

	/** What it waits for before it measures. */
	public static final String MEASURE = "measure";

	private static final long MOST_NANOS = 60_000_000_000L;

	private static final double NANOS_PER_MICRO = 1000;

	private static final int LINE = 63;

	private RequestMain() {
	}

	/**
	 * Runs the client.
	 * @param args the requester, the port, the number of callers, and for how many
	 * milliseconds to warm up and to measure
	 * @throws Exception when that fails
	 */
	public static void main(String[] args) throws Exception {
		run(Requester.of(args[0]).client(), args);
	}

	/**
	 * Measures a client and ends the process.
	 * @param client the client
	 * @param args those of {@link #main}
	 * @throws Exception when that fails
	 */
	static void run(RequestClient client, String[] args) throws Exception {
		client.connect(Integer.parseInt(args[1]));
		System.out.println(ServerMain.READY);
		int callers = Integer.parseInt(args[2]);
		call(client, callers, Long.parseLong(args[3]));
		System.out.println(WARM);
		System.out.flush();
		if (!MEASURE
			.equals(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII)).readLine())) {
			throw new IOException("The stand has gone");
		}
		Histogram latency = call(client, callers, Long.parseLong(args[4]));
		System.out.println(latency.getTotalCount());
		System.out.println(latency.getValueAtPercentile(50) / NANOS_PER_MICRO);
		System.out.println(latency.getValueAtPercentile(99) / NANOS_PER_MICRO);
		System.out.flush();
		Runtime.getRuntime().halt(0);
	}

	private static Histogram call(RequestClient client, int callers, long millis) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(callers);
		long end = System.nanoTime() + millis * 1_000_000;
		List<Future<Histogram>> calls = new ArrayList<>();
		Callable<Histogram> caller = () -> call(client, end);
		for (int i = 0; i < callers; i++) {
			calls.add(threads.submit(caller));
		}
		Histogram all = new Histogram(MOST_NANOS, 3);
		for (Future<Histogram> call : calls) {
			all.add(call.get());
		}
		threads.shutdown();
		return all;
	}

	private static Histogram call(RequestClient client, long end) throws Exception {
		Histogram latency = new Histogram(MOST_NANOS, 3);
		String line = Thread.currentThread().getName() + "-" + "x".repeat(LINE);
		String request = line.substring(0, LINE);
		long now = System.nanoTime();
		while (now - end < 0) {
			if (!client.request(request).equals(request)) {
				throw new IllegalStateException("The answer to another request");
			}
			long answered = System.nanoTime();
			latency.recordValue(answered - now);
			now = answered;
		}
		return latency;
	}

}
