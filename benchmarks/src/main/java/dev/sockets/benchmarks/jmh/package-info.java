/**
 * The small parts, measured by JMH.
 */
@NullMarked
package dev.sockets.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
