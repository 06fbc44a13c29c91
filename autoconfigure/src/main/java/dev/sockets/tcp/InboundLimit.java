package dev.sockets.tcp;

/**
 * How much each connection may send.
 *
 * @param rate how many messages, or bytes, in which time
 * @param onExcess what becomes of a connection that sends more
 */
public record InboundLimit(Rate rate, OnExcess onExcess) {

}
