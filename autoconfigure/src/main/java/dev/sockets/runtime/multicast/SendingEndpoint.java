package dev.sockets.runtime.multicast;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

import dev.sockets.EndpointStatistics;
import dev.sockets.EndpointStatus;
import dev.sockets.runtime.EndpointCore;
import dev.sockets.runtime.RuntimeEndpoint;
import dev.sockets.udp.UdpSender;

/**
 * A sender of either kind, which has a {@link DatagramSender} do what both do.
 */
interface SendingEndpoint extends UdpSender, RuntimeEndpoint {

	/**
	 * Returns what does it.
	 * @return always the same object
	 */
	DatagramSender sender();

	@Override
	default EndpointCore core() {
		return sender().core();
	}

	@Override
	default void send(@Nullable Object payload) {
		sender().send(payload);
	}

	@Override
	default void send(InetSocketAddress to, @Nullable Object payload) {
		Assert.notNull(to, "A message needs a group or host to be sent to, not null");
		sender().send(to, payload);
	}

	@Override
	default CompletableFuture<Void> sendAsync(@Nullable Object payload) {
		try {
			send(payload);
			return CompletableFuture.completedFuture(null);
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	@Override
	default <T extends @Nullable Object> T request(@Nullable Object payload, Duration timeout) {
		Assert.notNull(timeout, "A request needs a time-out, not null");
		InetSocketAddress target = sender().target().require();
		if (timeout.isNegative() || timeout.isZero()) {
			throw new IllegalArgumentException("The time-out must be positive, not " + timeout);
		}
		return sender().requests().request(target, payload, timeout);
	}

	@Override
	default <T extends @Nullable Object> CompletableFuture<T> requestAsync(@Nullable Object payload) {
		try {
			return sender().requests().requestAsync(sender().target().require(), payload);
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	@Override
	default EndpointStatistics statistics() {
		return sender().statistics();
	}

	@Override
	default EndpointStatus status() {
		return sender().status();
	}

}
