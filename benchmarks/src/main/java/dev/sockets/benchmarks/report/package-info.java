/**
 * Tables, JSON and charts of what was measured.
 */
@NullMarked
package dev.sockets.benchmarks.report;

import org.jspecify.annotations.NullMarked;
