/**
 * What a TCP client does besides its connection: finding its peer, connecting again,
 * keeping messages for later, connecting on demand. Internal: not to be used by
 * applications.
 */
@NullMarked
package dev.sockets.runtime.tcp.client;

import org.jspecify.annotations.NullMarked;
