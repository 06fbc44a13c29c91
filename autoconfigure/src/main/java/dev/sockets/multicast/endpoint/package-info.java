/**
 * How multicast receivers and senders work.
 */
@NullMarked
package dev.sockets.multicast.endpoint;

import org.jspecify.annotations.NullMarked;
