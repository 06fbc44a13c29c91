/**
 * The load generator.
 */
@NullMarked
package dev.sockets.benchmarks.load;

import org.jspecify.annotations.NullMarked;
