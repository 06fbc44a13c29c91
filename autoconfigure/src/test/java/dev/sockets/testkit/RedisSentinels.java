package dev.sockets.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;

/**
 * Two Redis servers, one of which is the replica of the other, and three sentinels that
 * make the replica the primary when that is gone.
 */
public final class RedisSentinels implements AutoCloseable {

	/** What the sentinels call the primary. */
	public static final String MASTER = "shop";

	private static final int SENTINELS = 3;

	private final RedisServer first;

	private final RedisServer second;

	private final List<RedisServer> sentinels = new ArrayList<>();

	/** Starts all of them, and waits until the sentinels would fail over. */
	public RedisSentinels() {
		this.first = RedisServer.start("--repl-diskless-sync-delay", "0");
		this.second = RedisServer.start("--replicaof", "127.0.0.1", String.valueOf(this.first.port()),
				"--repl-diskless-sync-delay", "0");
		for (int i = 0; i < SENTINELS; i++) {
			this.sentinels
				.add(RedisServer.startSentinel("sentinel monitor " + MASTER + " 127.0.0.1 " + this.first.port() + " 2",
						"sentinel down-after-milliseconds " + MASTER + " 3000",
						"sentinel failover-timeout " + MASTER + " 3000"));
		}
		Awaitility.await("the sentinels know each other and the replica")
			.until(() -> this.sentinels.stream().allMatch(RedisSentinels::knowsAll));
	}

	private static boolean knowsAll(RedisServer sentinel) {
		List<String> master = sentinel.ask("SENTINEL", "MASTER", MASTER);
		return value(master, "num-other-sentinels").equals(String.valueOf(SENTINELS - 1))
				&& value(master, "num-slaves").equals("1")
				&& sentinel.ask("SENTINEL", "REPLICAS", MASTER).containsAll(List.of("master-link-status", "ok"));
	}

	private static String value(List<String> answer, String name) {
		return answer.get(answer.indexOf(name) + 1);
	}

	/** Returns the one that is the primary at the beginning. */
	public RedisServer first() {
		return this.first;
	}

	/** Returns the one that is its replica. */
	public RedisServer second() {
		return this.second;
	}

	/** Returns one of the sentinels. */
	public RedisServer sentinel(int index) {
		return this.sentinels.get(index);
	}

	/** Returns where the sentinels are, as a configuration has it. */
	public String addresses() {
		return this.sentinels.stream()
			.map((sentinel) -> "127.0.0.1:" + sentinel.port())
			.collect(Collectors.joining(","));
	}

	/** Waits until all sentinels that run name a server as the primary. */
	public void awaitPrimary(RedisServer server) {
		Awaitility.await("all sentinels name the new primary")
			.until(() -> this.sentinels.stream()
				.filter(RedisServer::isRunning)
				.allMatch((sentinel) -> sentinel.ask("SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER)
					.contains(String.valueOf(server.port()))));
	}

	@Override
	public void close() {
		this.sentinels.forEach(RedisServer::close);
		this.second.close();
		this.first.close();
	}

}
