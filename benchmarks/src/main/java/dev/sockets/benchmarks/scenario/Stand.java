package dev.sockets.benchmarks.scenario;

import dev.sockets.benchmarks.load.Period;
import dev.sockets.benchmarks.process.Launcher;

/**
 * What a scenario measures with.
 *
 * @param launcher starts servers
 * @param period how long each of them is loaded
 */
public record Stand(Launcher launcher, Period period) {

}
