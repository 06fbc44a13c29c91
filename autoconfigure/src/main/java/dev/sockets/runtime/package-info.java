/**
 * What the implementations of all kinds of endpoint share. Internal: not to be used by
 * applications.
 */
@NullMarked
package dev.sockets.runtime;

import org.jspecify.annotations.NullMarked;
