/**
 * Where a message ends in a stream of bytes.
 */
@NullMarked
package dev.sockets.framing;

import org.jspecify.annotations.NullMarked;
