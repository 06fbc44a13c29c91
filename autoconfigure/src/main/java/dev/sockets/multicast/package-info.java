/**
 * Multicast receivers and senders, and their settings.
 */
@NullMarked
package dev.sockets.multicast;

import org.jspecify.annotations.NullMarked;
