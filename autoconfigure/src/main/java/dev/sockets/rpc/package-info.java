/**
 * Requests by opcode, in both directions over one connection. Stands below
 * {@code dev.sockets.tcp}, whose connections and endpoints have an
 * {@link dev.sockets.rpc.RpcPeer}: so what a handler gets to know of the connection is
 * declared here, as {@link dev.sockets.rpc.RpcConnection}, and there is no cycle.
 */
@NullMarked
package dev.sockets.rpc;

import org.jspecify.annotations.NullMarked;
