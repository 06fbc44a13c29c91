/**
 * Turns the configuration into beans. The only place that binds properties.
 */
@NullMarked
package dev.sockets.autoconfigure;

import org.jspecify.annotations.NullMarked;
