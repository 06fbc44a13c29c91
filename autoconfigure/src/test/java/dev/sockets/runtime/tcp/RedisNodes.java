package dev.sockets.runtime.tcp;

import java.util.List;
import java.util.function.UnaryOperator;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisURI;

import dev.sockets.backplane.BackplaneEngine;
import dev.sockets.backplane.BackplaneSettings;
import dev.sockets.backplane.redis.RedisEngine;
import dev.sockets.tcp.DuplicateSession;
import dev.sockets.tcp.TcpServerSettings;

/**
 * Nodes of the tests on a real Redis.
 */
final class RedisNodes {

	private RedisNodes() {
	}

	static TestNodes three(String url) {
		return three(url, (settings) -> settings);
	}

	static TestNodes three(String url, UnaryOperator<BackplaneSettings.Builder> settings) {
		return new TestNodes(3, settings, (id) -> engine(url, id));
	}

	/** Returns an engine whose connections are named by its node. */
	static BackplaneEngine engine(String url, String node) {
		RedisURI address = RedisURI.create(url);
		address.setClientName("sockets:" + node);
		return new RedisEngine(List.of(address), ClientOptions.create(), null);
	}

	static void serve(TestNodes nodes) {
		nodes.serve(RedisNodes::patient);
		nodes.awaitHearing();
	}

	static void patient(TcpServerSettings.Builder settings) {
		settings.duplicateSession(DuplicateSession.ALLOW)
			.connection((connection) -> connection.maxPending(64 * 1024 * 1024));
	}

}
