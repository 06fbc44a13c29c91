/**
 * The way to other nodes by a message channel of Spring that broadcasts.
 */
@NullMarked
package dev.sockets.backplane.channel;

import org.jspecify.annotations.NullMarked;
