/**
 * Receivers and senders of datagrams, without multicast groups or, as those of the
 * package for multicast are some too, with them.
 */
@NullMarked
package dev.sockets.udp;

import org.jspecify.annotations.NullMarked;
