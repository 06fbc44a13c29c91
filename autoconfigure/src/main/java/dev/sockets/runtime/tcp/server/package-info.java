/**
 * What a TCP server does besides its connections: its ports, who may come and how many.
 * Internal: not to be used by applications.
 */
@NullMarked
package dev.sockets.runtime.tcp.server;

import org.jspecify.annotations.NullMarked;
