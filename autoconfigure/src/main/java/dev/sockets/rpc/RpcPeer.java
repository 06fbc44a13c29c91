package dev.sockets.rpc;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A peer that executes what is bound to its opcodes, and whose requests are answered by
 * what is bound here. Usable from any thread.
 *
 * <p>
 * That of a connection lives as long as the connection. That of an endpoint stays: what
 * is bound there answers the requests of all its connections, also of those to come,
 * unless a connection has bound the same opcode itself. A client's endpoint executes on
 * the open connection; a server's too, if it has only one.
 *
 * <p>
 * An opcode is an {@code Integer}, a {@code Long}, a {@code String} or a {@code byte[]}.
 * The last argument of a request may be {@link Kwargs}.
 */
public interface RpcPeer {

	/**
	 * Binds a handler to an opcode.
	 * @param opcode the opcode
	 * @param handler answers the requests with that opcode
	 * @throws IllegalArgumentException when the opcode is bound already, or {@code null}
	 */
	void bind(Object opcode, RpcHandler handler);

	/**
	 * Takes back a binding; does nothing when there is none.
	 * @param opcode the opcode
	 */
	void unbind(Object opcode);

	/**
	 * Executes a call and waits for its result. A handler that runs on the event loop of
	 * the same connection may do so too, unless {@code dispatch} is {@code loop}.
	 * @param <T> class of the result
	 * @param call what to execute
	 * @return the result; {@code null} for None
	 * @throws RemoteException when the peer has failed
	 * @throws dev.sockets.SocketOperationException with code {@code REQUEST_TIMEOUT},
	 * {@code TOO_MANY_REQUESTS}, {@code NOT_CONNECTED} as soon as the connection ends,
	 * {@code CODEC_FAILED} when the result cannot be converted, or as a send
	 */
	<T> @Nullable T execute(RpcCall call);

	/**
	 * Executes a call without waiting for its result.
	 * @param <T> class of the result
	 * @param call what to execute
	 * @return completed with the result, or exceptionally as {@link #execute(RpcCall)};
	 * its dependents may run on a loop thread. To cancel it is to give up the result
	 */
	<T> CompletableFuture<T> executeAsync(RpcCall call);

	/**
	 * Executes something and waits for its result as long as the configured
	 * {@code request-timeout}.
	 * @param <T> class of the result
	 * @param opcode what to execute
	 * @param args its arguments
	 * @return the result; {@code null} for None
	 */
	default <T> @Nullable T execute(Object opcode, @Nullable Object... args) {
		return execute(RpcCall.of(opcode, args));
	}

	/**
	 * Executes something with a deadline of its own.
	 * @param <T> class of the result
	 * @param opcode what to execute
	 * @param timeout how long to wait for the result
	 * @param args its arguments
	 * @return the result; {@code null} for None
	 */
	default <T> @Nullable T execute(Object opcode, Duration timeout, @Nullable Object... args) {
		return execute(RpcCall.of(opcode, args).within(timeout));
	}

	/**
	 * Executes something whose result is of a class.
	 * @param <T> the class
	 * @param opcode what to execute
	 * @param type the class that the result is converted to
	 * @param args its arguments
	 * @return the result; {@code null} for None
	 */
	default <T> @Nullable T execute(Object opcode, Class<T> type, @Nullable Object... args) {
		return execute(RpcCall.of(opcode, args).returning(type));
	}

	/**
	 * Executes something whose result is of a class, with a deadline of its own.
	 * @param <T> the class
	 * @param opcode what to execute
	 * @param type the class that the result is converted to
	 * @param timeout how long to wait for the result
	 * @param args its arguments
	 * @return the result; {@code null} for None
	 */
	default <T> @Nullable T execute(Object opcode, Class<T> type, Duration timeout, @Nullable Object... args) {
		return execute(RpcCall.of(opcode, args).returning(type).within(timeout));
	}

	/**
	 * Executes something without waiting for its result.
	 * @param <T> class of the result
	 * @param opcode what to execute
	 * @param args its arguments
	 * @return as {@link #executeAsync(RpcCall)}
	 */
	default <T> CompletableFuture<T> executeAsync(Object opcode, @Nullable Object... args) {
		return begin(() -> RpcCall.of(opcode, args));
	}

	/**
	 * Executes something without waiting for its result, with a deadline of its own.
	 * @param <T> class of the result
	 * @param opcode what to execute
	 * @param timeout how long the result may take
	 * @param args its arguments
	 * @return as {@link #executeAsync(RpcCall)}
	 */
	default <T> CompletableFuture<T> executeAsync(Object opcode, Duration timeout, @Nullable Object... args) {
		return begin(() -> RpcCall.of(opcode, args).within(timeout));
	}

	/**
	 * Executes something whose result is of a class, without waiting for it.
	 * @param <T> the class
	 * @param opcode what to execute
	 * @param type the class that the result is converted to
	 * @param args its arguments
	 * @return as {@link #executeAsync(RpcCall)}
	 */
	default <T> CompletableFuture<T> executeAsync(Object opcode, Class<T> type, @Nullable Object... args) {
		return begin(() -> RpcCall.of(opcode, args).returning(type));
	}

	private <T> CompletableFuture<T> begin(Supplier<RpcCall> call) {
		try {
			return executeAsync(call.get());
		}
		catch (IllegalArgumentException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	/**
	 * Sends a request whose replies are kept until they are polled: a thousand of a
	 * connection, then the oldest is dropped and counted.
	 * @param opcode what to execute
	 * @param args its arguments
	 * @return the return code to poll its replies by
	 * @throws dev.sockets.SocketOperationException when it is not sent
	 */
	long send(Object opcode, @Nullable Object... args);

	/**
	 * Sends a request whose reply nobody wants to have.
	 * @param opcode what to execute
	 * @param args its arguments
	 * @throws dev.sockets.SocketOperationException when it is not sent
	 */
	void tell(Object opcode, @Nullable Object... args);

	/**
	 * Takes the oldest reply that is kept for a return code, without waiting.
	 * @param returnCode what {@link #send} has returned
	 * @return the reply; {@code null} when there is none yet
	 * @throws RemoteException when the reply is an error
	 * @throws IllegalArgumentException as {@link #poll(Object, Duration)}
	 */
	default @Nullable Reply poll(Object returnCode) {
		return poll(returnCode, Duration.ZERO);
	}

	/**
	 * Takes the oldest reply that is kept for a return code, and waits for one if there
	 * is none. Several replies may come to one request, so a code can be polled until it
	 * is forgotten.
	 * @param returnCode what {@link #send} has returned
	 * @param timeout how long to wait
	 * @return the reply; {@code null} when none has come in time
	 * @throws RemoteException when the reply is an error
	 * @throws IllegalArgumentException when there is no such request, because it is
	 * forgotten, was sent by another peer, or so long ago that thousands were sent since
	 * @throws dev.sockets.SocketOperationException with code {@code NOT_CONNECTED} when
	 * the connection has ended and no reply is left
	 */
	@Nullable Reply poll(Object returnCode, Duration timeout);

	/**
	 * Drops the replies that are kept for a return code; those to come are kept.
	 * @param returnCode what {@link #send} has returned
	 */
	void flush(Object returnCode);

	/**
	 * Drops the replies that are kept for a return code, and those to come.
	 * @param returnCode what {@link #send} has returned
	 */
	void forget(Object returnCode);

	/**
	 * Forgets all return codes.
	 */
	void forgetAll();

}
