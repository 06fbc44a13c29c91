/**
 * The servers that are measured.
 */
@NullMarked
package dev.sockets.benchmarks.server;

import org.jspecify.annotations.NullMarked;
