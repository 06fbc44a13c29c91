/**
 * What happened on an endpoint: one application event for each fact, published after it.
 */
@NullMarked
package dev.sockets.event;

import org.jspecify.annotations.NullMarked;
