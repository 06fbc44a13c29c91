package dev.sockets.rpc;

import org.jspecify.annotations.Nullable;

/**
 * Answers the requests with an opcode. It may block, and may execute something on the
 * connection that the request came over: it is called on a thread of its own for each
 * request, virtual where the JVM has such threads. Only while it has returned within some
 * microseconds each time lately, and {@code dispatch} is not {@code thread}, an event
 * loop calls it, and goes on without it should it take long after all. With
 * {@code rpc.handlers: one-at-a-time} it is called for one request of a connection after
 * another.
 */
@FunctionalInterface
public interface RpcHandler {

	/**
	 * Answers a request.
	 * @param request the request
	 * @return the result, which travels back; {@code null} and an empty {@code Optional}
	 * as None. The result of a {@code CompletionStage} or {@code Mono} travels when it is
	 * there
	 * @throws Exception travels back as an error
	 */
	@Nullable Object handle(RpcRequest request) throws Exception;

}
