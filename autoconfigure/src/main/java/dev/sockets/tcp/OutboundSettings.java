package dev.sockets.tcp;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.sockets.InvalidSettingException;

/**
 * What may wait to be written to a peer.
 *
 * @param maxPending most bytes that may wait to be written
 * @param slowConsumer what becomes of a message when more would wait
 * @param maxMessageSize longest payload that is sent, in bytes; {@code null} for the
 * longest that may be received
 */
public record OutboundSettings(int maxPending, SlowConsumerPolicy slowConsumer, @Nullable Integer maxMessageSize) {

	void check(String path) {
		PositiveSetting.require(path + ".outbound.max-pending", this.maxPending);
		if (this.maxMessageSize != null) {
			PositiveSetting.require(path + ".outbound.max-message-size", this.maxMessageSize);
		}
	}

	/**
	 * Refuses what cannot wait for a connection.
	 * @param path what the property paths start with
	 * @param bytes how many bytes may
	 */
	void checkBuffer(String path, int bytes) {
		String property = path + ".buffer-when-disconnected";
		if (bytes < 0) {
			throw new InvalidSettingException(property, bytes, "0 (off) or more");
		}
		if (bytes > this.maxPending) {
			throw new InvalidSettingException(property, bytes,
					"at most outbound.max-pending (" + this.maxPending + "), as all of it is sent at once",
					new InvalidSettingException(path + ".max-pending", this.maxPending,
							"at least outbound.buffer-when-disconnected (" + bytes
									+ "), as all of it is sent at once"));
		}
	}

	/**
	 * Collects the settings; starts with their defaults.
	 */
	public static final class Builder {

		int maxPending = 1024 * 1024;

		SlowConsumerPolicy slowConsumer = SlowConsumerPolicy.DISCONNECT;

		@Nullable Integer maxMessageSize;

		Builder() {
		}

		OutboundSettings build() {
			return new OutboundSettings(this.maxPending, this.slowConsumer, this.maxMessageSize);
		}

	}

	/**
	 * Sets these settings among others.
	 *
	 * @param <B> type of the builder of all
	 */
	public interface Setters<B> {

		/**
		 * Changes what may wait to be written: what the other methods do.
		 * @param change changes it
		 * @return this builder
		 */
		B outbound(Consumer<Builder> change);

		/**
		 * Sets the most bytes that may wait to be written; 1 MiB when it isn't set.
		 * @param bytes the limit in bytes
		 * @return this builder
		 */
		default B maxPending(int bytes) {
			return outbound((outbound) -> outbound.maxPending = bytes);
		}

		/**
		 * Sets what becomes of a message when more bytes would wait than allowed; the
		 * connection is closed when it isn't set.
		 * @param policy what becomes of it
		 * @return this builder
		 */
		default B slowConsumer(SlowConsumerPolicy policy) {
			return outbound((outbound) -> outbound.slowConsumer = policy);
		}

		/**
		 * Sets the longest payload that is sent; as long as one that may be received when
		 * it isn't set.
		 * @param bytes the limit in bytes; {@code null} for that
		 * @return this builder
		 */
		default B maxMessageSize(@Nullable Integer bytes) {
			return outbound((outbound) -> outbound.maxMessageSize = bytes);
		}

	}

}
