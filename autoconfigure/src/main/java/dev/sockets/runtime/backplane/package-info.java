/**
 * Internal: how this node and others form one server. Knows of connections only what
 * others are told, and what a {@code LocalServer} does with what comes.
 */
@NullMarked
package dev.sockets.runtime.backplane;

import org.jspecify.annotations.NullMarked;
