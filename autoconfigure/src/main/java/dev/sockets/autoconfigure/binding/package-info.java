/**
 * Reads entries of the configuration and turns them into the settings of endpoints.
 */
@NullMarked
package dev.sockets.autoconfigure.binding;

import org.jspecify.annotations.NullMarked;
