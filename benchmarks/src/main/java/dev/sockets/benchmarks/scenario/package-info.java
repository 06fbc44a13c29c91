/**
 * What is measured.
 */
@NullMarked
package dev.sockets.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
