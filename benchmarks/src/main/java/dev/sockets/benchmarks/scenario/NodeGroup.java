package dev.sockets.benchmarks.scenario;

import java.io.IOException;

import dev.sockets.benchmarks.process.ProcessorTime;
import dev.sockets.benchmarks.process.RedisProcess;
import dev.sockets.benchmarks.process.ServerProcess;
import dev.sockets.benchmarks.server.Behaviour;
import dev.sockets.benchmarks.server.NodeEntrant;
import dev.sockets.benchmarks.server.NodesMain;

/**
 * Nodes in one process, and the Redis that is theirs only.
 *
 * @param redis their Redis
 * @param nodes their process
 */
record NodeGroup(RedisProcess redis, ServerProcess nodes) implements AutoCloseable {

	static NodeGroup start(Stand stand, NodeEntrant entrant, int count, Behaviour behaviour) throws IOException {
		RedisProcess redis = RedisProcess.start();
		try {
			return new NodeGroup(redis, start(stand, entrant, count, behaviour, redis));
		}
		catch (IOException | RuntimeException ex) {
			redis.close();
			throw ex;
		}
	}

	/** Starts one more node, in a process of its own that is to be closed. */
	ServerProcess more(Stand stand, NodeEntrant entrant) throws IOException {
		return start(stand, entrant, 1, Behaviour.ECHO, this.redis);
	}

	private static ServerProcess start(Stand stand, NodeEntrant entrant, int count, Behaviour behaviour,
			RedisProcess redis) throws IOException {
		return stand.launcher()
			.start(NodesMain.class, entrant, 0, Integer.toString(count), redis.url(), behaviour.name());
	}

	int port(int node) throws IOException {
		return (int) this.nodes.ask(NodesMain.PORT + " " + node);
	}

	/**
	 * Has the first node send, and waits for that.
	 * @return how many lines were sent
	 */
	long send(int bytes, long millis, int rate) throws IOException {
		beginToSend(bytes, millis, rate);
		return Long.parseLong(this.nodes.nextLine());
	}

	/** Has the first node send; the next line of the process says how many lines. */
	void beginToSend(int bytes, long millis, int rate) throws IOException {
		this.nodes.tell("%s %d %d %d".formatted(NodesMain.SEND, bytes, millis, rate));
	}

	/** Waits until each node of a process knows so many connections. */
	static void awaitPresence(ServerProcess nodes, long connections) throws IOException {
		long start = System.nanoTime();
		while (nodes.ask(NodesMain.PRESENCE) != connections) {
			if (System.nanoTime() - start > 30_000_000_000L) {
				throw new IOException("Nodes do not know of all connections");
			}
			Pause.millis(10);
		}
	}

	ProcessorTime[] processorTimes() {
		return new ProcessorTime[] { this.nodes.processorTime(), this.redis.processorTime() };
	}

	@Override
	public void close() {
		this.nodes.close();
		this.redis.close();
	}

}
