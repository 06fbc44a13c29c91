/**
 * The engine: event loops, who runs them, and the watchdog that sees to it that none is
 * held up. Its sockets are in the packages below. Knows no Spring.
 */
@NullMarked
package dev.sockets.loop;

import org.jspecify.annotations.NullMarked;
