/**
 * What goes over the wire of an endpoint for a while, kept as a file of packets.
 */
@NullMarked
package dev.sockets.runtime.trace;

import org.jspecify.annotations.NullMarked;
