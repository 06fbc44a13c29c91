/**
 * What carries bytes between the instances of an application that form one server: an
 * engine, and how this instance uses it.
 */
@NullMarked
package dev.sockets.backplane;

import org.jspecify.annotations.NullMarked;
