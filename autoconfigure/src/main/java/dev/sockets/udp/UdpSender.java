package dev.sockets.udp;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketEndpoint;

/**
 * Sends messages as datagrams, one each: to a host, or to all hosts of a network by its
 * broadcast address. Usable from any thread.
 */
public interface UdpSender extends SocketEndpoint {

	/**
	 * Sends a message to where it is configured to.
	 * @param payload what to send
	 * @throws IllegalStateException when nothing is configured to send to
	 * @throws dev.sockets.SocketOperationException when it is not sent: with code
	 * {@code NOT_CONNECTED} when the sender isn't running, {@code CODEC_FAILED},
	 * {@code FRAME_TOO_LARGE} or {@code SEND_FAILED}
	 */
	void send(@Nullable Object payload);

	/**
	 * Sends a message to any address.
	 * @param to the address and its port
	 * @param payload what to send
	 * @throws dev.sockets.SocketOperationException as {@link #send(Object)} does, and
	 * with code {@code INVALID_MULTICAST_ADDRESS} when this is a multicast sender and the
	 * address is no group; when it is one and this is none, with {@code SEND_FAILED}
	 */
	void send(InetSocketAddress to, @Nullable Object payload);

	/**
	 * Sends a message to where it is configured to. The operating system takes a datagram
	 * at once, so it is sent or failed when this method returns.
	 * @param payload what to send
	 * @return completed; by what {@link #send(Object)} throws, when it is not sent
	 */
	CompletableFuture<Void> sendAsync(@Nullable Object payload);

	/**
	 * Sends a message to where it is configured to and waits for the first answer that
	 * comes back. Each request has a port of its own, so it gets no other's answer; only
	 * when it goes to a group, or broadcast is on, may others than whom it was sent to
	 * answer.
	 * @param <T> class of the answer
	 * @param payload what to send
	 * @param timeout how long to wait for the answer
	 * @return the payload of the answer
	 * @throws dev.sockets.SocketOperationException as {@link #send(Object)} does, and
	 * with code {@code REQUEST_TIMEOUT}, {@code TOO_MANY_REQUESTS} or, when the sender is
	 * stopped meanwhile, {@code SHUTTING_DOWN}
	 */
	<T extends @Nullable Object> T request(@Nullable Object payload, Duration timeout);

	/**
	 * Sends a message to where it is configured to, as {@link #request(Object, Duration)}
	 * does with the configured {@code request-timeout}, but without waiting.
	 * @param <T> class of the answer
	 * @param payload what to send
	 * @return completed by the answer, or by what {@code request} throws
	 */
	<T extends @Nullable Object> CompletableFuture<T> requestAsync(@Nullable Object payload);

}
