/**
 * Datagram sockets on event loops: reading, the turn to handle what was read, and the
 * bounded queue behind a handler that is late. Internal.
 */
@NullMarked
package dev.sockets.loop.datagram;

import org.jspecify.annotations.NullMarked;
