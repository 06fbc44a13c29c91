/**
 * Listener methods for the messages of an endpoint.
 */
@NullMarked
package dev.sockets.annotation;

import org.jspecify.annotations.NullMarked;
