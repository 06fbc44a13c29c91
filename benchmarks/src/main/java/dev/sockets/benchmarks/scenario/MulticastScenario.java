package dev.sockets.benchmarks.scenario;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.sockets.benchmarks.load.DatagramLoad;
import dev.sockets.benchmarks.process.ServerProcess;
import dev.sockets.benchmarks.server.Contestant;
import dev.sockets.benchmarks.server.Receiver;
import dev.sockets.benchmarks.server.ReceiverMain;

/**
 * Numbered datagrams to one receiver, on the loopback interface: at a constant rate, and
 * as many as can be sent.
 */
final class MulticastScenario implements Scenario {

	private static final String GROUP = "239.255.77.77";

	private static final String FLOOD = "flood";

	private static final int PERCENT = 100;

	private static final int THOUSAND = 1000;

	/** In which a receiver gets what waits in its buffers, unless it has all of it. */
	private static final Duration REST = Duration.ofMillis(500);

	private static final long LOOK_MILLIS = 50;

	@Override
	public String name() {
		return "multicast";
	}

	@Override
	public String description() {
		return "Datagrams of 256 bytes to a group";
	}

	@Override
	public List<Metric> metrics() {
		return List.of(Metric.RATE, Metric.CPU, Metric.LOST, Metric.DISORDERED);
	}

	@Override
	public List<Receiver> contestants() {
		return List.of(Receiver.values());
	}

	@Override
	public List<String> loads() {
		return List.of("200k", FLOOD);
	}

	@Override
	public String obstacle(Stand stand, Contestant contestant) {
		return DatagramLoad.isSupported() ? "" : "this kernel does not cut datagrams";
	}

	@Override
	public Series begin(Stand stand, String load) {
		return (contestant) -> measure(stand, contestant, load);
	}

	private Map<Metric, Double> measure(Stand stand, Contestant contestant, String load) throws IOException {
		int rate = load.equals(FLOOD) ? Integer.MAX_VALUE : Integer.parseInt(load.replace("k", "")) * THOUSAND;
		int port = freePort();
		NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
		try (ServerProcess receiver = stand.launcher()
			.start(ReceiverMain.class, contestant, port, GROUP, Integer.toString(port));
				DatagramLoad sender = new DatagramLoad(new InetSocketAddress(GROUP, port), loopback)) {
			rest(receiver, sender.send(stand.period().warmUp(), rate));
			return measure(receiver, sender, stand.period().measured(), rate);
		}
	}

	private static Map<Metric, Double> measure(ServerProcess receiver, DatagramLoad sender, Duration duration, int rate)
			throws IOException {
		long before = receiver.ask(ReceiverMain.RECEIVED);
		long disordered = receiver.ask(ReceiverMain.DISORDERED);
		ProcessorSpan span = new ProcessorSpan(receiver);
		span.begin();
		long sent = sender.send(duration, rate);
		rest(receiver, before + sent);
		double received = receiver.ask(ReceiverMain.RECEIVED) - before;
		Map<Metric, Double> values = new EnumMap<>(Metric.class);
		span.end();
		values.put(Metric.RATE, received / duration.toNanos() * 1e9);
		values.put(Metric.LOST, PERCENT * (1 - received / sent));
		values.put(Metric.DISORDERED, (double) receiver.ask(ReceiverMain.DISORDERED) - disordered);
		values.put(Metric.CPU, span.nanosFor(received));
		return values;
	}

	private static int freePort() throws IOException {
		try (DatagramSocket socket = new DatagramSocket(0)) {
			return socket.getLocalPort();
		}
	}

	private static void rest(ServerProcess receiver, long expected) throws IOException {
		long start = System.nanoTime();
		try {
			while (System.nanoTime() - start < REST.toNanos() && receiver.ask(ReceiverMain.RECEIVED) < expected) {
				Thread.sleep(LOOK_MILLIS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
