package dev.sockets.autoconfigure.properties;

import org.springframework.util.unit.DataSize;

import dev.sockets.tcp.SlowConsumerPolicy;

/**
 * Bytes on their way out.
 */
public class OutboundProperties {

	/**
	 * Most bytes that may wait to be written to a connection.
	 */
	private DataSize maxPending = DataSize.ofMegabytes(1);

	/**
	 * Fate of a message when more bytes would wait.
	 */
	private SlowConsumerPolicy slowConsumer = SlowConsumerPolicy.DISCONNECT;

	public DataSize getMaxPending() {
		return this.maxPending;
	}

	public void setMaxPending(DataSize maxPending) {
		this.maxPending = maxPending;
	}

	public SlowConsumerPolicy getSlowConsumer() {
		return this.slowConsumer;
	}

	public void setSlowConsumer(SlowConsumerPolicy slowConsumer) {
		this.slowConsumer = slowConsumer;
	}

}
