package dev.sockets.runtime.rpc;

import org.jspecify.annotations.Nullable;

import dev.sockets.rpc.RpcCall;

/**
 * The wire of requests on one connection: makes payloads for the codec of what is to be
 * said, and tells what payloads say. Nothing else knows what they look like. What it
 * reads comes from the reading thread; all else is called by any thread.
 */
public interface RpcProtocol {

	/** The connection is open. Called by the reading thread, before anything is read. */
	default void opened() {
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
	 * Makes a request.
	 * @param returnCode what its answers are to carry, from 0 to 2^32 - 1
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
