package dev.sockets.benchmarks.scenario;

import dev.sockets.benchmarks.server.Contestant;
import dev.sockets.benchmarks.server.Family;

/**
 * A contestant that is no echo server.
 *
 * @param id the name in tables and on the command line
 * @param family what it is in the comparison
 */
record Variant(String id, Family family) implements Contestant {

}
