package dev.sockets.loop.datagram;

/**
 * Who has the turn to handle the datagrams of a queue:
 *
 * <pre>
 * FREE   --take, a runner------->  ALONE   it handles what it has read; the queue is empty
 * ALONE  --give back------------>  FREE    the runner goes on reading
 * ALONE  --held, the watchdog--->  BEHIND  the runner is late, another one reads
 * ALONE  --add, another runner-->  BEHIND
 * FREE   --add, a runner-------->  BEHIND  that runner handles the queue
 * BEHIND --queue is empty------->  FREE
 * FREE   --close---------------->  OVER    nobody gets the turn any more
 * </pre>
 *
 * <p>
 * The ways to and from {@code BEHIND} need the queue's lock but for {@code held}; the
 * others don't.
 */
enum HandlingTurn {

	FREE, ALONE, BEHIND, OVER

}
