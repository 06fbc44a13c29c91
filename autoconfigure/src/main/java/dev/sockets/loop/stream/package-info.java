/**
 * Stream sockets on event loops: reading, the way out, closing, connecting and accepting.
 * Internal: the JDK only, no type here is for applications.
 */
@NullMarked
package dev.sockets.loop.stream;

import org.jspecify.annotations.NullMarked;
