/**
 * Says what to change when the application cannot start.
 */
@NullMarked
package dev.sockets.autoconfigure.diagnostics;

import org.jspecify.annotations.NullMarked;
