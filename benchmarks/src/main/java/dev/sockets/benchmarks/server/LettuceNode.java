package dev.sockets.benchmarks.server;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;

import dev.sockets.tcp.TcpServer;

/**
 * What users write by themselves: a line is published by Lettuce, its answers are not
 * waited for, and each node gives what it hears, its own too, to its connections.
 */
final class LettuceNode implements Node {

	static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

	private final TcpServer server;

	private final String channel;

	private final int batch;

	private final StatefulRedisConnection<String, byte[]> connection;

	private final AtomicLong received = new AtomicLong();

	private final AtomicLong disordered = new AtomicLong();

	private long last;

	private int unflushed;

	/**
	 * Creates a node that hears nothing yet.
	 * @param server whose connections get what comes
	 * @param client connects it
	 * @param channel what nodes publish to
	 * @param batch after how many lines what is published is flushed
	 */
	LettuceNode(TcpServer server, RedisClient client, String channel, int batch) {
		this.server = server;
		this.channel = channel;
		this.batch = batch;
		this.connection = client.connect(CODEC);
		this.connection.setAutoFlushCommands(batch == 1);
	}

	/** Called by one thread, whatever that is. */
	void hear(byte[] message) {
		String line = new String(message, StandardCharsets.US_ASCII);
		this.server.broadcast(line);
		long number = NodeSender.numberOf(line);
		if (number < this.last) {
			this.disordered.incrementAndGet();
		}
		this.last = number;
		this.received.incrementAndGet();
	}

	@Override
	public TcpServer server() {
		return this.server;
	}

	@Override
	public void send(String line) {
		this.connection.async().publish(this.channel, line.getBytes(StandardCharsets.US_ASCII));
		if (this.batch > 1 && ++this.unflushed == this.batch) {
			flush();
		}
	}

	@Override
	public void flush() {
		this.unflushed = 0;
		this.connection.flushCommands();
	}

	@Override
	public long received() {
		return this.received.get();
	}

	@Override
	public long disordered() {
		return this.disordered.get();
	}

}
