/**
 * How TCP servers, clients and connections work: the engine of {@code dev.sockets.loop}
 * inside Spring and Spring Integration.
 */
@NullMarked
package dev.sockets.runtime.tcp;

import org.jspecify.annotations.NullMarked;
