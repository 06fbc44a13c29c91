/**
 * The measuring stand: one command that measures this project beside its peers.
 */
@NullMarked
package dev.sockets.benchmarks;

import org.jspecify.annotations.NullMarked;
