/**
 * Requests by opcode over one connection, whatever their wire looks like. Internal: not
 * to be used by applications.
 */
@NullMarked
package dev.sockets.runtime.rpc;

import org.jspecify.annotations.NullMarked;
