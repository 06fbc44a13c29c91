/**
 * Multicast receivers and senders, and the settings of these and of those without groups.
 */
@NullMarked
package dev.sockets.multicast;

import org.jspecify.annotations.NullMarked;
