package dev.sockets.runtime.rpc;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.sockets.rpc.RpcCall;

/**
 * The wire of requests on one connection: makes payloads for the codec of what is to be
 * said, and tells what payloads say. Nothing else knows what they look like. What it
 * reads comes from the reading thread; all else is called by any thread.
 */
public interface RpcProtocol {

	/**
	 * Returns whether the application is to know of a connection only when
	 * {@link RpcLink#admitted()} is called.
	 * @return whether the connection is held back
	 */
	default boolean holds() {
		return false;
	}

	/**
	 * TCP has connected, and the connection is held back. Called by the reading thread.
	 */
	default void begin() {
	}

	/**
	 * The application is told of the connection. Called by the thread that reads or
	 * ticks, before anything else is read.
	 */
	default void opened() {
	}

	/**
	 * Some time has passed. Called about ten times a second, by any thread.
	 * @param now the time, as {@link RpcLink#nanos()}
	 */
	default void tick(long now) {
	}

	/**
	 * Returns what the peer calls itself.
	 * @return its identity; {@code null} when it has not told, or the wire has none
	 */
	default @Nullable String peerId() {
		return null;
	}

	/**
	 * Understands a payload. Called by the reading thread; it is not to block.
	 * @param payload what the codec has decoded
	 * @return what it says; {@code null} when it is no message of this wire, but an
	 * ordinary one
	 * @throws IllegalArgumentException when it is one, but malformed; the connection goes
	 * on
	 */
	@Nullable RpcMessage read(Object payload);

	/**
	 * Understands a message of which only the beginning could be decoded. Called by the
	 * reading thread.
	 * @param head the elements at its beginning
	 * @return a request whose arguments, or an answer whose value means nothing;
	 * {@code null} when it cannot be told from others
	 */
	@Nullable RpcMessage readHead(List<@Nullable Object> head);

	/**
	 * Makes a request.
	 * @param returnCode what its answers are to carry, from 1 to 2^32 - 2
	 * @param call what to execute
	 * @return its payload
	 * @throws IllegalArgumentException when the wire cannot carry it
	 */
	Object request(long returnCode, RpcCall call);

	/**
	 * Makes a request that nobody wants to have answered.
	 * @param returnCode one that no other request has, if the wire needs it
	 * @param call what to execute
	 * @return its payload
	 * @throws IllegalArgumentException when the wire cannot carry it
	 */
	Object tell(long returnCode, RpcCall call);

	/**
	 * Makes the answer to a request that was executed.
	 * @param returnCode the request's, as it came
	 * @param value the result; {@code null} for None
	 * @return its payload
	 */
	Object result(@Nullable Object returnCode, @Nullable Object value);

	/**
	 * Makes the answer to a request that could not be executed.
	 * @param returnCode the request's, as it came
	 * @param error why
	 * @return its payload
	 */
	Object failure(@Nullable Object returnCode, ErrorReport error);

}
