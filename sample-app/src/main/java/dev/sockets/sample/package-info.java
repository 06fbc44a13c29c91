/**
 * The sample application: servers, a client of one of them, and a multicast group. Read
 * the class of the server that interests you; they don't know each other.
 */
@NullMarked
package dev.sockets.sample;

import org.jspecify.annotations.NullMarked;
