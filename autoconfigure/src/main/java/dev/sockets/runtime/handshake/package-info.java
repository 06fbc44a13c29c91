/**
 * How connections begin on which both sides show first that they belong together.
 * Internal.
 */
@NullMarked
package dev.sockets.runtime.handshake;

import org.jspecify.annotations.NullMarked;
