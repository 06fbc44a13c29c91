/**
 * TCP servers, clients and their connections, as their users see them.
 */
@NullMarked
package dev.sockets.tcp;

import org.jspecify.annotations.NullMarked;
