/**
 * How multicast receivers and senders work.
 */
@NullMarked
package dev.sockets.runtime.multicast;

import org.jspecify.annotations.NullMarked;
