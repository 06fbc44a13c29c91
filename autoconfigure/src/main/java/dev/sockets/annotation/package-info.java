/**
 * Annotations: listener methods for the messages of endpoints, and interfaces as clients.
 */
@NullMarked
package dev.sockets.annotation;

import org.jspecify.annotations.NullMarked;
