/**
 * The engine: event loops, channels, outbound queues and the watchdog. Knows no Spring.
 */
@NullMarked
package dev.sockets.loop;

import org.jspecify.annotations.NullMarked;
