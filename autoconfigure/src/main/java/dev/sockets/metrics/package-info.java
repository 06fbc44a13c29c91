/**
 * Meters and observations of endpoints, by Micrometer.
 */
@NullMarked
package dev.sockets.metrics;

import org.jspecify.annotations.NullMarked;
