/**
 * What can stand below {@code sockets} in the configuration. These classes only describe;
 * what the values mean is decided in {@code dev.sockets.autoconfigure.binding}.
 */
@NullMarked
package dev.sockets.autoconfigure.properties;

import org.jspecify.annotations.NullMarked;
