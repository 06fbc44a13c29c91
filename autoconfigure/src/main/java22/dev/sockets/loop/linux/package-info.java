/**
 * TCP and Unix domain sockets of Linux as NIO's channels and selector, by calls of the C
 * library from Java: epoll tells what is ready, and the sends of a turn leave together by
 * io_uring where that is allowed. For Java 22 and newer. Internal.
 */
@NullMarked
package dev.sockets.loop.linux;

import org.jspecify.annotations.NullMarked;
