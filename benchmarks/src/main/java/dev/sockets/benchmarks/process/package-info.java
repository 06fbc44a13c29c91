/**
 * Servers in processes of their own.
 */
@NullMarked
package dev.sockets.benchmarks.process;

import org.jspecify.annotations.NullMarked;
