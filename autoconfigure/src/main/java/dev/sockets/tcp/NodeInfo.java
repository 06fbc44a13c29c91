package dev.sockets.tcp;

import java.time.Duration;
import java.time.Instant;

/**
 * One instance of an application that has a server of some name.
 *
 * @param id its id, with which those of its connections begin
 * @param here whether it is this one
 * @param since when it was started
 * @param connections how many connections the server has there
 * @param silentFor how long nothing has been heard of it; zero for this one
 */
public record NodeInfo(String id, boolean here, Instant since, int connections, Duration silentFor) {

}
