package dev.sockets.runtime.rpc;

import java.util.Set;

/**
 * The wire of requests by opcode on one endpoint.
 */
@FunctionalInterface
public interface RpcWire {

	/**
	 * Makes the protocol of a new connection.
	 * @param link the connection
	 * @return the protocol
	 */
	RpcProtocol protocol(RpcLink link);

	/**
	 * Returns the opcodes to which the wire itself answers.
	 * @return numbers to which nothing can be bound
	 */
	default Set<Long> reserved() {
		return Set.of();
	}

}
