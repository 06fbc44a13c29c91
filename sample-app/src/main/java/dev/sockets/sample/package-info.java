/**
 * The sample application: three servers, and a client of the first. Read the class of the
 * server that interests you; they don't know each other.
 */
@NullMarked
package dev.sockets.sample;

import org.jspecify.annotations.NullMarked;
