package dev.sockets.runtime.rpc;

import dev.sockets.rpc.RpcHandler;

/**
 * What is bound to an opcode.
 *
 * @param handler answers its requests
 * @param pace how long that takes
 */
record Binding(RpcHandler handler, Pace pace) {

}
