package dev.sockets.tcp;

import java.time.Duration;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * How long things may take on a connection.
 *
 * @param frame how long a message may take from its first byte to its last
 * @param idle how long nothing may go over a connection; {@code null} for ever
 * @param write how long the peer may take no bytes while some wait to be written
 * @param read how long the peer may send nothing; {@code null} for ever
 * @param maxAge how old a connection may become; {@code null} for any age. Each has a
 * limit of its own, up to a tenth less at random, so that connections which have begun
 * together do not end together
 */
public record TimeoutSettings(Duration frame, @Nullable Duration idle, Duration write, @Nullable Duration read,
		@Nullable Duration maxAge) {

	void check(String path) {
		PositiveSetting.require(path + ".frame-timeout", this.frame);
		PositiveSetting.require(path + ".idle-timeout", this.idle);
		PositiveSetting.require(path + ".write-timeout", this.write);
		PositiveSetting.require(path + ".read-timeout", this.read);
		PositiveSetting.require(path + ".max-connection-age", this.maxAge);
	}

	/**
	 * Collects the settings; starts with their defaults.
	 */
	public static final class Builder {

		Duration frame = Duration.ofSeconds(30);

		@Nullable Duration idle;

		Duration write = Duration.ofSeconds(10);

		@Nullable Duration read;

		@Nullable Duration maxAge;

		Builder() {
		}

		TimeoutSettings build() {
			return new TimeoutSettings(this.frame, this.idle, this.write, this.read, this.maxAge);
		}

	}

	/**
	 * Sets these settings among others.
	 *
	 * @param <B> type of the builder of all
	 */
	public interface Setters<B> {

		/**
		 * Changes how long things may take: what the other methods do.
		 * @param change changes it
		 * @return this builder
		 */
		B timeouts(Consumer<Builder> change);

		/**
		 * Sets how long a message may take from its first byte to its last; 30 s when it
		 * isn't set.
		 * @param timeout the deadline
		 * @return this builder
		 */
		default B frameTimeout(Duration timeout) {
			return timeouts((timeouts) -> timeouts.frame = timeout);
		}

		/**
		 * Sets how long nothing may go over a connection; for ever when it isn't set.
		 * @param timeout the deadline; {@code null} for none
		 * @return this builder
		 */
		default B idleTimeout(@Nullable Duration timeout) {
			return timeouts((timeouts) -> timeouts.idle = timeout);
		}

		/**
		 * Sets how long a peer may take no bytes while some wait; 10 s when it isn't set.
		 * @param timeout the deadline
		 * @return this builder
		 */
		default B writeTimeout(Duration timeout) {
			return timeouts((timeouts) -> timeouts.write = timeout);
		}

		/**
		 * Sets how long a peer may send nothing, whatever it is sent; for ever when it
		 * isn't set.
		 * @param timeout the deadline; {@code null} for none
		 * @return this builder
		 */
		default B readTimeout(@Nullable Duration timeout) {
			return timeouts((timeouts) -> timeouts.read = timeout);
		}

		/**
		 * Sets how old a connection may become before it is closed between two messages;
		 * any age when it isn't set.
		 * @param age the limit, of which up to a tenth is taken off each at random;
		 * {@code null} for none
		 * @return this builder
		 */
		default B maxConnectionAge(@Nullable Duration age) {
			return timeouts((timeouts) -> timeouts.maxAge = age);
		}

	}

}
